/* Import rules of the house (ARCHITECTURE.md). `node scripts/check-imports.mjs` also plants a violation of each. */
const test = '\\.(test|bench)\\.tsx?$';
const room = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { pathNot: [from, ...allowed].join('|') },
});
const npm = (name) => `node_modules/${name}/`;
const builtins = require('node:module').builtinModules.map((name) => `^(node:)?${name}$`);
const only = (name, modules, homes, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: homes },
  to: { path: modules.map(npm).join('|') },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    room('core-is-the-floor', '^packages/core/src', [], 'core imports nothing at all'),
    room('contracts-see-core-and-zod', '^packages/contracts/src', ['^packages/core/src', npm('zod')], ''),
    room('client-sees-contracts-and-core', '^packages/client/src', ['^packages/(core|contracts)/src'], ''),
    room('engine-is-pure', '^packages/engine/src', ['^packages/core/src'], 'no I/O, no npm'),
    room(
      'jail-sees-the-engine-and-its-interpreter',
      '^packages/jail/src',
      ['^packages/(core|engine)/src', npm('zod'), npm('sucrase'), npm('quickjs-emscripten-core'), npm('@jitl')],
      'nothing that could reach a file, a socket or a key',
    ),
    only('quickjs-has-one-home', ['quickjs-emscripten-core', '@jitl', 'sucrase'], '^packages/jail/src', ''),
    room(
      'venue-knows-nothing-of-the-server',
      '^apps/venue/src',
      ['^packages/core/src', npm('ws'), npm('zod'), ...builtins],
      '',
    ),
    only(
      'ccxt-has-one-home',
      ['ccxt'],
      '^packages/exchange/src|^bench/|^apps/venue/src/.*\\.test\\.ts$',
      'only the exchange adapter knows CCXT',
    ),
    only(
      'drizzle-has-one-home',
      ['drizzle-orm', '@libsql/client', 'libsql'],
      '^packages/db/src|^bench/|^drizzle/',
      'only db knows SQL',
    ),
    only('express-has-one-home', ['express'], '^apps/server/src/(http|main|app)|^bench/', 'only http/ knows express'),
    {
      name: 'web-sees-no-back-end',
      severity: 'error',
      from: { path: '^apps/web/src' },
      to: { path: '^(packages/(db|exchange)|apps/(server|venue|cli))/' },
    },
    {
      name: 'no-react-below-chart-api',
      severity: 'error',
      from: { path: '^apps/web/src/chart/(model|view|render)', pathNot: test },
      to: { path: npm('react') + '|' + npm('react-dom') },
    },
    {
      name: 'chart-model-sees-no-pixels',
      severity: 'error',
      from: { path: '^apps/web/src/chart/model' },
      to: { path: '^apps/web/src/chart/(view|render|api)' },
    },
    {
      name: 'chart-view-sees-model-only',
      severity: 'error',
      from: { path: '^apps/web/src/chart/view' },
      to: { path: '^apps/web/src/chart/(render|api)' },
    },
    {
      name: 'chart-render-draws-plain-data',
      severity: 'error',
      from: { path: '^apps/web/src/chart/render' },
      to: { path: '^apps/web/src/chart/api' },
    },
    {
      name: 'ui-knows-no-trading',
      severity: 'error',
      from: { path: '^apps/web/src/ui' },
      to: { path: '^apps/web/src/(pages|features|data|chart)|^packages/' },
    },
    {
      name: 'features-do-not-see-each-other',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'data-sees-no-view',
      severity: 'error',
      from: { path: '^apps/web/src/data' },
      to: { path: '^apps/web/src/(pages|features|ui|chart)' },
    },
    {
      name: 'server-http-sees-no-adapter',
      severity: 'error',
      from: { path: '^apps/server/src/(http|ws|wire)', pathNot: test },
      to: { path: '^packages/(exchange|db)/src' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.types|\\.types-test|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
