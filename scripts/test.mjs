// `npm test`: install, then every check and test, browser tests included. Ends with `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { check, CHECKS } from './lib/steps.mjs';

await ensureInstalled();
const chromium = await findChromium();
const reports = mkdtempSync(join(tmpdir(), 'wick-test-'));
const tally = { passed: 0, failed: 0 };
const count = (good) => (good ? tally.passed++ : tally.failed++);

for (const [name, command] of Object.entries(CHECKS)) count(await check(name, command));
const built = await check('build', ['turbo', 'run', 'build']);
count(built);
count(await check('bundle budget', ['size-limit']));

const unitReport = join(reports, 'unit.json');
const unit = await run('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`]);
addReport(unit, unitReport, ({ numPassedTests, numTotalTests, numPendingTests, numTodoTests }) => ({
  passed: numPassedTests,
  failed: numTotalTests - numPassedTests - numPendingTests - (numTodoTests ?? 0),
}));

if (built) {
  const browserReport = join(reports, 'browser.json');
  const browser = await run('node_modules/.bin/playwright', ['test'], {
    cwd: join(root, 'e2e'),
    env: { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  });
  addReport(browser, browserReport, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }));
}

rmSync(reports, { recursive: true, force: true });
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);

/** Adds a runner's own figures; a runner that failed without naming a failed test counts as one failure. */
function addReport(code, file, read) {
  let figures = { passed: 0, failed: 0 };
  try {
    figures = read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    code ||= 1;
  }
  tally.passed += figures.passed;
  tally.failed += figures.failed === 0 && code !== 0 ? 1 : figures.failed;
}
