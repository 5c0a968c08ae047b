import { describe, expect, it } from 'vitest';
import { Candles, type CandleRow } from '@wickworks/core';
import { compileStrategy } from './compile-strategy.js';
import type { StrategyDocument } from './document.js';
import { createSignalRunner, type Signal } from './signals.js';

const HOUR = 3_600_000;
const document: StrategyDocument = {
  schema: 1,
  name: 'Steps',
  timeframe: '1h',
  params: {},
  indicators: {},
  conditions: { jumped: { compare: ['close', '>', { add: [{ ago: 1, of: 'close' }, 5] }] } },
  entry: { long: { when: 'jumped' } },
  exit: { long: { when: { compare: ['close', '<', 95] }, label: 'too low' } },
  size: { kind: 'equity', ratio: 0.1 },
  stopLoss: { kind: 'ratio', ratio: 0.1 },
};
const closes = [100, 101, 108, 109, 90, 98, 110, 111, 80, 80];
const rows = closes.map((close, index): CandleRow => {
  const open = closes[index - 1] ?? close;
  return [index * HOUR, open, Math.max(open, close) + 0.5, Math.min(open, close) - 0.5, close, 10];
});

const rulesOf = (symbol: string) => ({
  symbol,
  tickSize: 0.01,
  lotSize: 0.001,
  minNotional: 1,
  makerFeeBps: 0,
  takerFeeBps: 0,
});
const runnerOver = (candles: Candles) => {
  const compiled = compileStrategy(document);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const runner = createSignalRunner({
    strategy: compiled.value,
    timeframe: '1h',
    markets: [{ rules: rulesOf('BTC/USDT'), candles }],
    symbol: 'BTC/USDT',
  });
  if (!runner.ok) throw new Error(JSON.stringify(runner.error));
  return runner.value;
};

describe('SignalRunner', () => {
  const expected: Signal[] = [
    { openTimeMs: 2 * HOUR, action: 'enter-long', price: 108, reason: 'jumped' },
    // Entered at the open of the next candle (108); ten percent below is 97.2, which the fall to 90 meets.
    { openTimeMs: 4 * HOUR, action: 'exit-long', price: 97.2, reason: 'stop-loss' },
    { openTimeMs: 5 * HOUR, action: 'enter-long', price: 98, reason: 'jumped' },
    { openTimeMs: 8 * HOUR, action: 'exit-long', price: 88.2, reason: 'stop-loss' },
  ];

  it('tells entries at their candle and stops where they were met', () => {
    expect(runnerOver(Candles.fromRows(rows)).append()).toEqual(expected);
  });

  it('tells the same signals candle by candle, each once', () => {
    const candles = new Candles(4);
    const runner = runnerOver(candles);
    const told = rows.flatMap((row) => {
      candles.push(row);
      return runner.append();
    });
    expect(told).toEqual(expected);
    expect(runner.append()).toEqual([]);
  });
});
