// Bundles a Node app: `node scripts/build-node.mjs server|cli`. Everything is bundled (one file starts faster than
// hundreds) except native modules and CCXT, of which only the class in use is loaded at run time.
import { build } from 'esbuild';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
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
/**
 * Node's own modules, fetched by name: to import one, Node reads each of its exports, which loads what stands behind
 * `fs.promises` or `crypto.webcrypto`. Only names that are used are read.
 */
const builtinsByName = {
  name: 'builtins-by-name',
  setup(builder) {
    builder.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'builtin', sideEffects: false } : undefined,
    );
    builder.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => {
      const names = Object.keys(process.getBuiltinModule(path)).filter((name) => name !== 'default');
      const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ pick('${name}');`);
      return { contents: `const pick = (name) => process.getBuiltinModule('${path}')[name];\n${lines.join('\n')}` };
    });
  },
};
/** Leaves what is loaded later out of the file, and notes it in `parts`: source by the name of its own file. */
const laterPartsTo = (parts) => ({
  name: 'later-parts',
  setup(builder) {
    builder.onResolve({ filter: /^[.@]/ }, async ({ path, resolveDir, kind, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined;
      const found = await builder.resolve(path, { resolveDir, kind, pluginData: 'resolved' });
      if (found.external) return undefined;
      const name = `parts/${relative(root, found.path).replaceAll(sep, '-').replace(/\.ts$/, '')}`;
      parts[name] = found.path;
      return { path: `./${name}.js`, external: true };
    });
  },
});
const common = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
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
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};
const { main, ...others } = entries;
const parts = {};
const metafiles = [];
// All that the server needs until it is ready is one file, since each further one takes a millisecond to find and link.
// What it shares with the parts loaded later exists twice in the process: that must keep no state, and nobody may ask
// whether something is an instance of it across the two.
if (app === 'server') {
  const plugins = [builtinsByName, laterPartsTo(parts)];
  const { metafile } = await build({ ...common, entryPoints: { main }, plugins });
  const heavy = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/'));
  if (heavy.length > 0) throw new Error(`apps/server loads packages before it is ready: ${heavy.join(', ')}`);
  metafiles.push(metafile);
} else parts['main'] = main;
const { metafile: rest } = await build({
  ...common,
  entryPoints: { ...others, ...parts },
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  plugins: [esmOfZxcvbn],
});
metafiles.push(rest);
const metafile = {
  inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
  outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
};
// What stays outside of the bundle is found from the app's own folder, where only what it declares is installed.
// (`require` is how packages try for what they can do without.)
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'apps', app, 'package.json'), 'utf8'));
const declared = [...builtinModules, ...Object.keys({ ...dependencies, ...devDependencies })];
const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
  imports.filter(({ external, kind }) => external && kind !== 'require-call').map(({ path }) => path),
);
const undeclared = imported.filter((path) => {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
  return !/^(?:node:|\.\/parts\/)/.test(path) && !declared.includes(name);
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
// The server compares them at its start, when making them takes a noticeable while.
const { readMigrationFiles } = createRequire(join(root, 'packages/db/package.json'))('drizzle-orm/migrator');
const hashes = readMigrationFiles({ migrationsFolder: join(root, 'drizzle') }).map(({ hash }) => hash);
writeFileSync(join(dist, 'drizzle', 'hashes.json'), JSON.stringify(hashes));
