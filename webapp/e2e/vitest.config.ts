import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['e2e/*.e2e.ts'],
    environment: 'node',
    reporters: ['default', ['junit', { outputFile: 'target/failsafe-reports/TEST-webapp-e2e.xml' }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
