// node e2e/run.mjs pages            the built console against the mock API
// node e2e/run.mjs demo URL LINK    the demo's story against a running Berth
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const [suite = 'pages', url, link] = process.argv.slice(2);
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(chromium)) {
  console.log(`Skipped: no Chromium at ${chromium} (set CHROMIUM).`);
  process.exit(0);
}
if (suite === 'demo' && (url === undefined || link === undefined)) {
  console.error('Usage: npm run e2e:demo -- BASE_URL ONE_TIME_LINK');
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', '-c', 'e2e/vitest.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium, BERTH_E2E: suite, BERTH_URL: url ?? '', BERTH_LINK: link ?? '' },
});
process.exit(status ?? 1);
