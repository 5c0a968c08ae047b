import { expect, it } from 'vitest';
import { jumpWords } from './jump-words.js';

it('says how far, which way, when, and of how many', () => {
  const at = { symbol: 'A/USDT', timeMs: Date.UTC(2026, 10, 11, 3, 20) };
  expect(
    jumpWords(
      [
        { ...at, ratio: -0.4123, count: 1 },
        { ...at, symbol: 'B/USDT', ratio: 1.5, count: 3 },
      ],
      'UTC',
    ),
  ).toEqual([
    'A/USDT opens 41.2 % below the close before it at 2026-11-11 03:20. Nobody traded in between: so look damaged data, or a replay that begins anew.',
    'B/USDT opens 150.0 % above the close before it at 2026-11-11 03:20, the largest of 3 such jumps. Nobody traded in between: so look damaged data, or a replay that begins anew.',
  ]);
});
