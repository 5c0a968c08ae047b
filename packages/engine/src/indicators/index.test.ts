import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PINE_TA, unknownDifferences } from '../../golden/pine.js';
import { indicators } from './registry.js';
import { definitions } from './index.generated.js';

test('the generated index is fresh', () => {
  const script = fileURLToPath(new URL('../../scripts/generate-index.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('ids and TA-Lib names are unique', () => {
  expect(indicators.size).toBe(definitions.length);
  const names = definitions.flatMap(({ talib }) => (talib ? [talib.name] : []));
  expect(new Set(names).size).toBe(names.length);
});

test('every ta.* of Pine Script has its indicator, and nothing else is called so', () => {
  const covered = definitions.flatMap(({ pine }) => pine ?? []).sort();
  expect(covered).toEqual(PINE_TA.map((name) => `ta.${name}`).sort());
  expect(unknownDifferences()).toEqual([]);
});
