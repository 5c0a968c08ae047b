import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { metricsPage } from '../../golden/metrics-page.js';
import { METRICS } from './metrics.js';

const PAGE = new URL('../../../../docs/metrics.md', import.meta.url);

test('docs/metrics.md is what the declarations say', () => {
  const text = metricsPage();
  if (process.env['WICK_WRITE_DOCS'] === '1') writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, 'utf8')).toBe(text);
});

test('every metric has a name of its own and says all there is to say', () => {
  expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
  expect(new Set(METRICS.map(({ title }) => title)).size).toBe(METRICS.length);
  for (const { definition, formula, source } of METRICS)
    for (const text of [definition, formula, source]) expect(text.length).toBeGreaterThan(2);
});
