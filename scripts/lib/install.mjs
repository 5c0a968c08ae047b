import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 18)) {
  console.error(`Wickworks needs Node 20.18 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stampFile = join(root, 'node_modules', '.wick-installed');

/** What the installed tree was made from: the lock, Node's ABI and the platform. */
function stamp() {
  const lock = readFileSync(join(root, 'bun.lock'));
  return createHash('sha256')
    .update(lock)
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
}

/** Installs the locked dependencies with bun unless the tree is already up to date. */
export async function ensureInstalled() {
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return;
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'bun.exe' : 'bun');
  const [command, prefix] = existsSync(own) ? [own, []] : ['npx', ['--yes', manifest.packageManager]];
  const code = await run(command, [...prefix, 'install', '--frozen-lockfile'], {
    env: { HUSKY: process.env.HUSKY ?? '' },
    stdio: ['ignore', 2, 2], // standard output belongs to the command that wanted the install
  });
  if (code !== 0) {
    console.error('Installing the dependencies failed; see the messages above.');
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, wanted);
}
