// Writes src/indicators/index.generated.ts: one import per file that declares an indicator. `--check` only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const room = fileURLToPath(new URL('../src/indicators', import.meta.url));
const indexPath = path.join(room, 'index.generated.ts');

/** The text the index should have. */
function indexText() {
  const files = ['', 'patterns/']
    .flatMap((folder) =>
      readdirSync(path.join(room, folder))
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.generated.ts'))
        .map((name) => folder + name),
    )
    .map((file) => {
      const text = readFileSync(path.join(room, file), 'utf8');
      const match = /^export const (\w+) = define(?:Indicator|Pattern)\(/m.exec(text);
      return match ? { name: match[1], file } : undefined;
    })
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const imports = files.map(({ name, file }) => `import { ${name} } from './${file.replace(/\.ts$/, '.js')}';`);
  return [
    '// Made by packages/engine/scripts/generate-index.mjs; do not edit.',
    "import type { IndicatorDefinition } from './define.js';",
    ...imports,
    '',
    '/** Every indicator of this folder. */',
    'export const definitions: readonly IndicatorDefinition[] = [',
    ...files.map(({ name }) => `  ${name},`),
    '];',
    '',
  ].join('\n');
}

if (!process.argv.includes('--check')) writeFileSync(indexPath, indexText());
else if (readFileSync(indexPath, 'utf8') !== indexText()) {
  console.error('index.generated.ts is stale: run node packages/engine/scripts/generate-index.mjs');
  process.exitCode = 1;
}
