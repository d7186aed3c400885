// What Maven runs: npm ci only when package-lock.json has changed, the build only when anything it reads has changed.
// A build without changes asks no registry and takes no time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALLED = 'node_modules/.berth-lock';
const BUILT = 'target/console.sha256';
const INDEX = 'target/classes/META-INF/resources/console/index.html';
const READ = ['e2e', 'public', 'scripts', 'src', '.oxlintrc.json', 'index.html', 'package.json', 'tsconfig.json', 'vite.config.ts'];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The console is built with Node.js 20.19 or newer; this is ${process.version}.`);
  process.exit(1);
}

function files(path) {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => files(join(path, name))) : [path];
}

function hash(paths, salt) {
  const sum = createHash('sha256').update(salt);
  for (const path of paths.toSorted()) {
    sum.update(`${path}\0`).update(readFileSync(path));
  }
  return sum.digest('hex');
}

function stale(stamp, expected) {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== expected;
}

function npm(...words) {
  const { status } = spawnSync('npm', words, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

const lock = hash(['package-lock.json'], process.version);
if (stale(INSTALLED, lock)) {
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund');
  writeFileSync(INSTALLED, lock);
}
const sources = hash(READ.flatMap(files), lock);
if (stale(BUILT, sources) || !existsSync(INDEX)) {
  npm('run', '--silent', 'build');
  mkdirSync('target', { recursive: true });
  writeFileSync(BUILT, sources);
}
