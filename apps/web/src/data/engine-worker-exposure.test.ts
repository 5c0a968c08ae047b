import { Candles, type CandleRow } from '@wickworks/core';
import { compileStrategy, listExamples, prepareRun, type RunMarket, type RunResult } from '@wickworks/engine';
import { describe, expect, it } from 'vitest';
import { exposureOf } from './engine-worker-exposure.js';

const HOUR = 3_600_000;
const CASH = 10_000;

const priceAt = (index: number, phase: number): number =>
  Math.round(100 * (100 + 20 * Math.sin(index / 20 + phase) + 3 * Math.sin(index / 3))) / 100;

/** A price that swings, the same every time. */
const marketOf = (symbol: string, phase: number): RunMarket => ({
  exchange: 'file',
  symbol,
  tickSize: 0.01,
  lotSize: 0.000_001,
  minNotional: 0,
  candles: Candles.fromRows(
    Array.from({ length: 800 }, (_, index): CandleRow => {
      const [open, close] = [priceAt(index - 1, phase), priceAt(index, phase)];
      return [index * HOUR, open, Math.max(open, close) + 0.5, Math.min(open, close) - 0.5, close, 1_000];
    }),
  ),
});

function run(example: string, markets: readonly RunMarket[]): RunResult {
  const document = listExamples().find(({ id }) => id === example)?.document;
  if (document === undefined) throw new Error(`no example ${example}`);
  const compiled = compileStrategy(document);
  if (!compiled.ok) throw new Error('compiles');
  const prepared = prepareRun({
    strategy: compiled.value,
    document,
    params: {},
    markets,
    timeframe: '1h',
    config: { cash: String(CASH), makerFeeBps: 0, takerFeeBps: 0, shorting: true, leverage: 3 },
  });
  if (!prepared.ok) throw new Error(prepared.error.kind);
  while (prepared.value.advance(10_000) > 0);
  return prepared.value.result();
}

/** Cash after all fills before `timeMs`: without fees the rest of the equity is what the positions are worth. */
const cashAt = ({ trades }: RunResult, timeMs: number): number =>
  trades
    .flatMap(({ fills }) => fills)
    .filter((fill) => fill.timeMs < timeMs)
    .reduce(
      (cash, { side, price, quantity }) => cash + (side === 'buy' ? -1 : 1) * Number(price) * Number(quantity),
      CASH,
    );

describe('the exposure of a run', () => {
  it.each([
    ['breakout-donchian', 'long and short', [marketOf('A/USDT', 0)]],
    ['trend-ema-cross', 'two markets', [marketOf('A/USDT', 0), marketOf('B/USDT', 1)]],
  ])('is what the books of %s (%s) hold beside cash', (example, _, markets) => {
    const result = run(example, markets);
    const exposure = exposureOf(
      result.trades,
      result.equity,
      markets.map((market) => ({ ...market, timeframe: '1h' })),
    );
    const { timesMs, equity } = result.equity;
    const held = Array.from(timesMs, (timeMs, at) => Math.abs(equity[at]! - cashAt(result, timeMs)) / equity[at]!);
    expect(Math.max(...held)).toBeGreaterThan(0.05);
    expect(held.filter((ratio) => ratio < 1e-9).length).toBeGreaterThan(20);
    exposure.forEach((ratio, at) => expect(ratio).toBeCloseTo(held[at]!, 7));
  });

  it('is nothing without trades', () => {
    const { equity } = run('trend-ema-cross', [marketOf('A/USDT', 0)]);
    expect(exposureOf([], equity, [{ ...marketOf('A/USDT', 0), timeframe: '1h' }]).every((ratio) => ratio === 0)).toBe(
      true,
    );
  });
});
