// `npm run check`: every static check and the unit tests; `npm test` adds the build, its budgets and the browser.
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/run.mjs';
import { check, CHECKS } from './lib/steps.mjs';

await ensureInstalled();
let good = true;
for (const [name, command] of Object.entries(CHECKS)) good = (await check(name, command)) && good;
good = (await run('vitest', ['run'])) === 0 && good;
process.exit(good ? 0 : 1);
