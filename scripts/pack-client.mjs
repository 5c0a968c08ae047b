// Makes the SDK as strangers install it, `packages/client/dist/`: one ES module, its types, README, examples, licence.
// `npm run sdk` and then `npm publish packages/client/dist` (or `npm pack`). What it is made of inside the repository
// (core, contracts) is bundled; zod stays a dependency, as its types show through.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root, run } from './lib/run.mjs';

const INSIDE = ['core', 'contracts', 'client'];
const REPOSITORY_FILES = '../../';

const home = join(root, 'packages/client');
const dist = process.argv[2] ?? join(home, 'dist');
const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const manifestOf = (name) => JSON.parse(read('packages', name, 'package.json'));

/** Where a declaration finds another package's: `@wickworks/core` from `types/client/sdk/x.d.ts` is `../../core/index.js`. */
function withRelativeImports(text, folder) {
  return text.replaceAll(/(["'])@wickworks\/([\w-]+)(?:\/([\w-]+))?\1/g, (all, quote, name, part = 'index') => {
    if (!INSIDE.includes(name)) throw new Error(`the SDK's types lead to ${all}, which is not published with it`);
    const path = relative(folder, join(dist, 'types', name, `${part}.js`)).replaceAll('\\', '/');
    return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}

function writeTypes() {
  for (const name of INSIDE) {
    const from = join(root, 'packages', name, '.types');
    const files = readdirSync(from, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((path) => path.endsWith('.d.ts') && !path.endsWith('.test.d.ts'))) {
      const target = join(dist, 'types', name, file);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, withRelativeImports(readFileSync(join(from, file), 'utf8'), dirname(target)));
    }
  }
}

/** The README's own programs, which its test runs, as files. */
function writeExamples(readme) {
  mkdirSync(join(dist, 'examples'));
  let title = 'first-steps';
  for (const [, heading, code] of readme.matchAll(/^## (.+)$|^```ts\n([\s\S]*?)^```$/gm)) {
    if (heading !== undefined) title = heading.toLowerCase().replaceAll(/[^a-z]+/g, '-');
    else writeFileSync(join(dist, 'examples', `${title}.mjs`), code);
  }
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
if ((await run('tsc', ['-b', 'packages/client'])) !== 0) process.exit(1);
await build({
  absWorkingDir: root,
  entryPoints: { index: 'packages/client/src/index.ts' },
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  external: ['zod'],
  logLevel: 'warning',
});
writeTypes();

const { version, license, type, sideEffects } = manifestOf('client');
const { url } = JSON.parse(read('package.json')).repository ?? {};
const readme = read('packages/client/README.md');
writeExamples(readme);
writeFileSync(join(dist, 'README.md'), readme.replaceAll(`](${REPOSITORY_FILES}docs/`, '](docs/'));
mkdirSync(join(dist, 'docs'));
cpSync(join(root, 'docs/websocket.md'), join(dist, 'docs/websocket.md'));
cpSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
const manifest = {
  name: '@wickworks/client',
  version,
  description: 'Typed client of a Wickworks server: REST, live candles and events, for Node and browsers',
  license,
  ...(url && { repository: url }),
  keywords: ['wickworks', 'candles', 'ohlcv', 'trading', 'backtest', 'websocket', 'sdk'],
  type,
  sideEffects,
  engines: { node: '>=20' },
  exports: {
    '.': { types: './types/client/index.d.ts', default: './index.js' },
    './package.json': './package.json',
  },
  types: './types/client/index.d.ts',
  dependencies: { zod: `^${manifestOf('contracts').dependencies.zod}` },
};
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
