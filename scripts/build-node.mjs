// Bundles a Node app: `node scripts/build-node.mjs server|cli`. Everything is bundled (one file starts faster than
// hundreds) except native modules and CCXT, of which only the class in use is loaded at run time.
import { build } from 'esbuild';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { root } from './lib/run.mjs';

const app = process.argv[2];
const entries = {
  server: {
    main: 'apps/server/src/main.ts',
    'data-guard': 'apps/server/src/data-guard.ts',
    'venue-worker': 'apps/venue/src/worker.ts',
    'exchange-worker': 'packages/exchange/src/worker.ts',
    'backtest-worker': 'apps/server/src/jobs/backtest-worker.ts',
  },
  cli: {
    main: 'apps/cli/src/main.ts',
    'venue-worker': 'apps/venue/src/worker.ts',
    'exchange-worker': 'packages/exchange/src/worker.ts',
  },
}[app];
if (!entries) throw new Error(`build-node: which app? Got ${String(app)}, know server and cli.`);

const dist = join(root, 'apps', app, 'dist');
rmSync(dist, { recursive: true, force: true });
/** These name a CommonJS build first, of which a dynamic import would see no named export. */
const esmOfZxcvbn = {
  name: 'esm-of-zxcvbn',
  setup(builder) {
    builder.onResolve({ filter: /^@zxcvbn-ts\/[^/]+$/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (pluginData === 'resolved') return undefined;
      const found = await builder.resolve(path, { resolveDir, kind, pluginData: 'resolved' });
      return { path: found.path.replace(/\.cjs$/, '.mjs') };
    });
  },
};
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: dist,
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  legalComments: 'none',
  external: [
    'ccxt',
    'protobufjs',
    '@libsql/client',
    'libsql',
    '@node-rs/argon2',
    'swagger-ui-dist',
    'pino-pretty',
    'tsx',
  ],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [esmOfZxcvbn],
  logLevel: 'warning',
});
// What stays outside of the bundle is found from the app's own folder, where only what it declares is installed.
// (`require` is how packages try for what they can do without.)
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'apps', app, 'package.json'), 'utf8'));
const declared = [...builtinModules, ...Object.keys({ ...dependencies, ...devDependencies })];
const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
  imports.filter(({ external, kind }) => external && kind !== 'require-call').map(({ path }) => path),
);
const undeclared = imported.filter((path) => {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
  return !path.startsWith('node:') && !declared.includes(name);
});
if (undeclared.length > 0)
  throw new Error(
    `apps/${app}/package.json must declare what its bundle imports: ${[...new Set(undeclared)].join(', ')}`,
  );
// A CommonJS package that is loaded when needed has one export in a bundle, `default`; in tests it has all of them.
const nameless = Object.entries(metafile.inputs).flatMap(([file, { imports }]) =>
  file.includes('node_modules/')
    ? []
    : imports
        .filter(({ path, kind }) => kind === 'dynamic-import' && metafile.inputs[path]?.format === 'cjs')
        .map(({ original }) => ({
          file,
          line: new RegExp(`.*import\\('${original}'\\).*`).exec(readFileSync(join(root, file), 'utf8'))?.[0] ?? '',
        }))
        .filter(({ line }) => !/\bdefault\b/.test(line)),
);
if (nameless.length > 0)
  throw new Error(
    `load these by their default export:\n${nameless.map(({ file, line }) => `${file}: ${line.trim()}`).join('\n')}`,
  );
for (const [from, to] of [
  ['apps/venue/data', 'venue-data'],
  ['drizzle', 'drizzle'],
]) {
  if (existsSync(join(root, from))) cpSync(join(root, from), join(dist, to), { recursive: true });
}
