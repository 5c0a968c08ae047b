import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CCXT_IDS, isCcxtId } from './ccxt-ids.js';

/** One file of code per exchange. */
const shipped = readdirSync(new URL('./src/', import.meta.resolve('ccxt')))
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -'.js'.length));

describe('the ids of CCXT', () => {
  it('are those of the installed package (after an update, write its new list into ccxt-ids.ts)', () => {
    expect(shipped.length).toBeGreaterThan(100);
    expect(CCXT_IDS).toEqual(shipped.sort());
  });

  it.each(['', 'local', 'binnance', 'Binance', '../ccxt', 'constructor', 'binance kraken'])(
    'do not include "%s"',
    (id) => {
      expect(isCcxtId(id)).toBe(false);
    },
  );
});
