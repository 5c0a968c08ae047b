// Compiles assembly/unpack.ts into src/quick-unpack.generated.ts, or with `--print` onto the terminal, as a test does that
// compares the two.
import { readFileSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const source = readFileSync(new URL('../assembly/unpack.ts', import.meta.url), 'utf8');
const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--initialMemory', '1'];
const written = {};
const { error, stderr } = await asc.main(['unpack.ts', ...options, '--outFile', 'unpack.wasm'], {
  readFile: (name) => (name === 'unpack.ts' ? source : null),
  writeFile: (name, contents) => void (written[name] = contents),
  listFiles: () => [],
});
if (error) throw new Error(stderr.toString());
const hex = Buffer.from(written['unpack.wasm']).toString('hex');
const lines = hex.match(/.{1,116}/g).map((line) => `  '${line}'`);
const text = `// Made from assembly/unpack.ts by scripts/build-unpacker.mjs.\nexport const UNPACKER_WASM =\n${lines.join(' +\n')};\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(new URL('../src/quick-unpack.generated.ts', import.meta.url), text);
