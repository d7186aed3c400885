// node e2e/run.mjs [FILE...]: the built console in a real Chromium against the mock API.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(chromium)) {
  console.log(`Skipped: no Chromium at ${chromium} (set CHROMIUM).`);
  process.exit(0);
}
const { status } = spawnSync('npx', ['vitest', 'run', '-c', 'e2e/vitest.config.ts', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
