import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indicatorsPage, NO_ORACLE } from '../../golden/docs.js';

const PAGE = new URL('../../../../docs/indicators.md', import.meta.url);

test('docs/indicators.md is what the declarations and oracles say', () => {
  const text = indicatorsPage();
  if (process.env['WICK_WRITE_DOCS'] === '1') writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, 'utf8')).toBe(text);
});

test('every indicator has an oracle besides its properties', () => {
  expect(indicatorsPage()).not.toContain(NO_ORACLE);
});
