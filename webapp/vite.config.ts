import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The server of the API during `npm run dev`; another one by BERTH_URL. */
const api = process.env['BERTH_URL'] ?? 'http://127.0.0.1:8080';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export default defineConfig({
  define: { __BERTH_VERSION__: JSON.stringify(version) },
  plugins: [react()],
  build: {
    // Straight into the jar's folder, emptied before, so that no older asset is packed beside the new ones.
    outDir: 'target/classes/META-INF/resources/console',
    emptyOutDir: true,
    target: 'es2022',
    // A strict content security policy forbids data: fonts and scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': api } },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
    reporters: ['default', ['junit', { outputFile: 'target/surefire-reports/TEST-webapp.xml' }]],
  },
});
