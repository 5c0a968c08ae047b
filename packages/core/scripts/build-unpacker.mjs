// Compiles assembly/unpack.ts into src/quick-unpack.generated.ts; with `--check` fails where that would change it. The
// compiler is fetched for the occasion: with 100 MB it is no part of what everybody installs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--initialMemory', '1'];

const assembly = new URL('../assembly/', import.meta.url);
const target = new URL('../src/quick-unpack.generated.ts', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'unpacker-'));
const wasm = join(folder, 'unpack.wasm');
try {
  const npm = ['exec', '--yes', `--package=${COMPILER}`, '--'];
  execFileSync('npm', [...npm, 'asc', 'unpack.ts', ...OPTIONS, '--baseDir', fileURLToPath(assembly), '-o', wasm], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const sha256 = createHash('sha256')
    .update(readFileSync(new URL('unpack.ts', assembly)))
    .digest('hex');
  const lines = readFileSync(wasm)
    .toString('hex')
    .match(/.{1,116}/g)
    .map((line) => `  '${line}'`);
  const text = `// Made from assembly/unpack.ts by scripts/build-unpacker.mjs.
export const SOURCE_SHA256 = '${sha256}';
export const UNPACKER_WASM =
${lines.join(' +\n')};
`;
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text)
    throw new Error('src/quick-unpack.generated.ts is not made from its source');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
