import { expect, it } from 'vitest';
import type * as z from 'zod';
import { BacktestRequest } from './backtests.js';
import { CalculateRequest } from './indicators.js';
import { issuesOf } from './issues.js';
import { AnyStrategyDocument, StrategyStart } from './strategies.js';
import { IndicatorRequest } from './ws-ohlcv.js';

const SOUND = {
  schema: 1,
  name: 'x',
  timeframe: '1h',
  entry: { long: { when: { crossesAbove: ['close', 5] } } },
  size: { kind: 'equity', ratio: 0.9 },
};
const long = (when: unknown): object => ({ entry: { long: { when } } });
const faultsOf = (schema: z.ZodType, value: unknown): string[] => {
  const { error } = schema.safeParse(value);
  return error ? issuesOf(error).map(({ path, message }) => `${path}: ${message}`) : [];
};

it.each<[string, object, string]>([
  ['an unknown key', { stoploss: {} }, 'stoploss: there is no such field'],
  ['an unknown key further in', { size: { kind: 'equity', ratio: 1, cap: 2 } }, 'size.cap: there is no such field'],
  ['nothing', { entry: undefined }, 'entry: is missing'],
  ['nothing of two forms', { timeStop: {} }, 'timeStop.candles: is missing'],
  [
    'no number',
    { size: { kind: 'equity', ratio: null } },
    'size.ratio: Invalid input: expected number, received null; or',
  ],
  ['an operator', long({ compare: ['close', '~', 1] }), 'entry.long.when.compare.1: Invalid option'],
  ['deeper', long({ all: [{ not: { compare: ['close', '~', 1] } }] }), 'entry.long.when.all.0.not.compare.1: Invalid'],
  ['an unknown operation', long({ above: ['close', 1] }), 'entry.long.when: Invalid input: none of the forms'],
  ['an unknown size', { size: { kind: 'all' } }, "size.kind: Invalid discriminator value. Expected 'quote'"],
])('%s is told at its field', (_name, change, expected) => {
  const faults = faultsOf(AnyStrategyDocument, { ...SOUND, ...change });
  expect(faults).toEqual([expect.stringContaining(expected)]);
  expect(faults[0]!.startsWith(expected)).toBe(true);
});

it('a misspelt field is told wherever numbers would be made without it', () => {
  const market = { exchange: 'local', symbol: 'BTC/USDT' };
  const range = { ...market, timeframe: '1m', from: 0, to: 60_000 };
  expect(faultsOf(CalculateRequest, { indicator: 'sma', param: { period: 5 }, ...range })).toEqual([
    'param: there is no such field',
  ]);
  expect(faultsOf(IndicatorRequest, { id: 'sma', param: { period: 5 } })).toEqual(['param: there is no such field']);
  expect(faultsOf(StrategyStart, { markets: [market], param: { fast: 5 } })).toEqual(['param: there is no such field']);
});

it('a setting that does not exist is no setting', () => {
  const request = { strategy: { example: 'x' }, markets: [{ exchange: 'local', symbol: 'BTC/USDT' }] };
  expect(faultsOf(BacktestRequest, request)).toEqual([]);
  expect(faultsOf(BacktestRequest, { ...request, config: { feeBps: 5 } })).toEqual([
    'config.feeBps: there is no such field',
  ]);
  expect(faultsOf(BacktestRequest, { ...request, market: [] })).toEqual(['market: there is no such field']);
  expect(faultsOf(BacktestRequest, { ...request, config: { slippage: { kind: 'bps', bps: -1 } } })).toEqual([
    expect.stringMatching(/^config\.slippage\.bps: /),
  ]);
});
