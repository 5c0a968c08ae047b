// Checks the import rules of the house, then plants one violation of each rule and sees that it is caught:
// a rule that cannot fail is no rule.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { root } from './lib/run.mjs';

const require = createRequire(import.meta.url);
const rules = require('../.dependency-cruiser.cjs');
process.chdir(root);

/** A stand-in for an npm package of that name. */
const npm = (name) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/index.js`]: '',
});

/** file → source that breaks exactly the rule it stands under. */
const PLANTS = {
  'no-cycles': { 'packages/core/src/a.ts': "import './b.js';", 'packages/core/src/b.ts': "import './a.js';" },
  unresolved: { 'packages/core/src/a.ts': "import './nowhere.js';" },
  'core-is-the-floor': {
    'packages/core/src/a.ts': "import '../../contracts/src/b.js';",
    'packages/contracts/src/b.ts': '',
  },
  'contracts-see-core-and-zod': {
    'packages/contracts/src/a.ts': "import '../../db/src/b.js';",
    'packages/db/src/b.ts': '',
  },
  'client-sees-contracts-and-core': {
    'packages/client/src/a.ts': "import '../../engine/src/b.js';",
    'packages/engine/src/b.ts': '',
  },
  'engine-is-pure': { 'packages/engine/src/a.ts': "import 'node:fs';" },
  'jail-sees-the-engine-and-its-interpreter': { 'packages/jail/src/a.ts': "import 'node:fs';" },
  'quickjs-has-one-home': { 'apps/server/src/a.ts': "import 'sucrase';", ...npm('sucrase') },
  'venue-knows-nothing-of-the-server': {
    'apps/venue/src/a.ts': "import '../../server/src/b.js';",
    'apps/server/src/b.ts': '',
  },
  'ccxt-has-one-home': { 'apps/server/src/a.ts': "import 'ccxt';", ...npm('ccxt') },
  'drizzle-has-one-home': { 'apps/server/src/a.ts': "import 'drizzle-orm';", ...npm('drizzle-orm') },
  'express-has-one-home': { 'apps/server/src/ws/a.ts': "import 'express';", ...npm('express') },
  'web-sees-no-back-end': {
    'apps/web/src/a.ts': "import '../../../packages/db/src/b.js';",
    'packages/db/src/b.ts': '',
  },
  'no-react-below-chart-api': { 'apps/web/src/chart/model/a.ts': "import 'react';", ...npm('react') },
  'chart-model-sees-no-pixels': {
    'apps/web/src/chart/model/a.ts': "import '../render/b.js';",
    'apps/web/src/chart/render/b.ts': '',
  },
  'chart-view-sees-model-only': {
    'apps/web/src/chart/view/a.ts': "import '../render/b.js';",
    'apps/web/src/chart/render/b.ts': '',
  },
  'chart-render-draws-plain-data': {
    'apps/web/src/chart/render/a.ts': "import '../api/b.js';",
    'apps/web/src/chart/api/b.ts': '',
  },
  'ui-knows-no-trading': { 'apps/web/src/ui/a.ts': "import '../data/b.js';", 'apps/web/src/data/b.ts': '' },
  'features-do-not-see-each-other': {
    'apps/web/src/features/x/a.ts': "import '../y/b.js';",
    'apps/web/src/features/y/b.ts': '',
  },
  'data-sees-no-view': { 'apps/web/src/data/a.ts': "import '../ui/b.js';", 'apps/web/src/ui/b.ts': '' },
  'server-http-sees-no-adapter': {
    'apps/server/src/http/a.ts': "import '../../../../packages/db/src/b.js';",
    'packages/db/src/b.ts': '',
  },
};

const tsConfig = extractTSConfig(rules.options.tsConfig.fileName);

async function violations(paths, baseDir = root) {
  const { output } = await cruise(paths, { ...rules.options, baseDir, ruleSet: rules, validate: true }, undefined, {
    tsConfig,
  });
  return output.summary.violations;
}

const faults = [];
for (const v of await violations(['apps', 'packages', 'bench', 'e2e']))
  faults.push(`${v.rule.name}: ${v.from} → ${v.to}`);

for (const { name } of rules.forbidden) {
  const plant = PLANTS[name];
  if (!plant) {
    faults.push(`rule ${name} has no planted violation`);
    continue;
  }
  // Planted in an empty house of its own, so that the working tree is never touched.
  const house = mkdtempSync(join(tmpdir(), 'wick-imports-'));
  try {
    for (const [file, source] of Object.entries(plant)) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), source);
    }
    const found = await violations(
      Object.keys(plant).filter((file) => file.endsWith('.ts')),
      house,
    );
    if (!found.some((v) => v.rule.name === name)) faults.push(`rule ${name} did not catch its planted violation`);
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${rules.forbidden.length} import rules hold and each catches its planted violation`);
