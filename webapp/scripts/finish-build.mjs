// After vite: checks the budgets of size, and that the page needs nothing that the content security policy forbids.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUILT = 'target/classes/META-INF/resources/console';
const KIB = 1024;
const BUDGET = { 'initial JS': 180, 'largest lazy route': 60, CSS: 25, 'fonts': 40, 'all': 450 };

const assets = readdirSync(join(BUILT, 'assets')).map((name) => {
  const body = readFileSync(join(BUILT, 'assets', name));
  return { name, body, gzip: gzipSync(body, { level: 9 }).length };
});
const index = readFileSync(join(BUILT, 'index.html'), 'utf8');
const sum = (list) => list.reduce((total, { gzip }) => total + gzip, 0);
const scripts = assets.filter(({ name }) => name.endsWith('.js'));
const initial = scripts.filter(({ name }) => index.includes(name));
const lazy = scripts.filter(({ name }) => !index.includes(name));
const measured = {
  'initial JS': sum(initial),
  'largest lazy route': Math.max(0, ...lazy.map(({ gzip }) => gzip)),
  CSS: sum(assets.filter(({ name }) => name.endsWith('.css'))),
  fonts: sum(assets.filter(({ name }) => name.endsWith('.woff2'))),
  all: sum(assets),
};
let over = false;
for (const [what, bytes] of Object.entries(measured)) {
  const most = BUDGET[what];
  over ||= bytes > most * KIB;
  console.log(`${what}: ${(bytes / KIB).toFixed(1)} of ${most} KiB gzip`);
}
if (/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/.test(index)) {
  console.error('index.html holds inline script or style, which the content security policy refuses.');
  over = true;
}
if (over) {
  console.error('Over budget.');
  process.exit(1);
}
