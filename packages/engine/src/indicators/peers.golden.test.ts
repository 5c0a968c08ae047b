import { expect, test } from 'vitest';
import { comparePeers } from '../../golden/peers.js';
import { PEER_CASES } from '../../golden/peer-cases.js';

const TOLERANCE = 1e-9;
const results = comparePeers();

test.each(
  results.map((result) => [`${result.golden.id} ${result.golden.column} over ${result.market}`, result] as const),
)('%s', (_name, { golden, difference, where, compared, extra }) => {
  expect(compared).toBeGreaterThan(golden.marks ? 15 : 8);
  if (!(difference <= (golden.tolerance ?? TOLERANCE))) expect.fail(`${String(difference)}: ${where}`);
  expect(extra).toEqual([]);
});

test('every case has been compared over some market', () => {
  const compared = new Set(results.map(({ golden }) => golden));
  expect(PEER_CASES.filter((golden) => !compared.has(golden)).map(({ column }) => column)).toEqual([]);
});
