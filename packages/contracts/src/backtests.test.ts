import { describe, expect, it } from 'vitest';
import { BacktestRequest } from './backtests.js';
import { issuesOf } from './issues.js';

const market = (symbol: string) => ({ exchange: 'local', symbol });
const several = {
  strategies: [
    { strategy: { example: 'trend-ema-cross' }, params: { fast: 5 }, allocation: 0.5 },
    { id: 'slow', strategy: { id: 's1', version: 2 }, timeframe: '4h', symbols: ['ETH/USDT'], allocation: 0.5 },
  ],
  markets: [market('BTC/USDT'), market('ETH/USDT')],
};

const faultsOf = (value: unknown): string[] => {
  const parsed = BacktestRequest.safeParse(value);
  return parsed.success ? [] : issuesOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
};

describe('a request of several strategies', () => {
  it('is taken, and so is one of a single strategy', () => {
    expect(BacktestRequest.parse(several)).toMatchObject({
      strategies: [
        { params: { fast: 5 }, allocation: 0.5 },
        { id: 'slow', params: {} },
      ],
    });
    expect(faultsOf({ strategy: { example: 'trend-ema-cross' }, markets: [market('BTC/USDT')] })).toEqual([]);
  });

  it('names the field of what does not fit', () => {
    const [first, second] = several.strategies;
    const withSecond = (change: object) => ({ ...several, strategies: [first, { ...second, ...change }] });
    expect(faultsOf(withSecond({ symbols: ['ETH/USDT', 'SOL/USDT', 'ETH/USDT'] }))).toEqual([
      'strategies.1.symbols.1: is not among the markets of the run',
      'strategies.1.symbols.2: was named before',
    ]);
    expect(faultsOf(withSecond({ params: { fast: null } }))).toEqual([
      expect.stringMatching(/^strategies\.1\.params\.fast: /),
    ]);
    expect(faultsOf(withSecond({ allocation: 0.6 }))).toEqual(['strategies: the allocations add up to more than 1']);
    expect(faultsOf(withSecond({ id: 'a b' }))).toEqual([expect.stringMatching(/^strategies\.1\.id: must be/)]);
    expect(
      faultsOf({
        ...several,
        strategies: [
          { ...first, id: 'a' },
          { ...second, id: 'a' },
        ],
      }),
    ).toEqual(['strategies.1.id: another strategy has this id']);
    expect(faultsOf({ ...several, strategies: Array(11).fill(first) })).toEqual([
      expect.stringMatching(/^strategies: /),
    ]);
  });

  it('holds one strategy or several, and their settings where they belong', () => {
    expect(faultsOf({ markets: several.markets })).toEqual([expect.stringMatching(/^strategy: which strategy/)]);
    expect(faultsOf({ ...several, strategy: { example: 'x' }, params: { fast: 1 }, timeframe: '1h' })).toEqual([
      'strategy: either one `strategy` or several `strategies`',
      'params: belongs to each of `strategies`',
      'timeframe: belongs to each of `strategies`',
    ]);
  });
});
