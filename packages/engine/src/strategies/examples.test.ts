import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { Candles, resample, type CandleRow } from '@wickworks/core';
import { runBacktest } from '../runner/run.js';
import type { RunResult } from '../runner/run-types.js';
import { checkStrategy } from './check.js';
import { compileStrategy } from './compile-strategy.js';
import type { StrategyDocument } from './document.js';
import { listExamples } from './examples.js';

const DATA = new URL('../../../../apps/venue/data/', import.meta.url);
const minutesOf = (file: string): Candles =>
  Candles.fromRows(
    gunzipSync(readFileSync(new URL(file, DATA)))
      .toString('utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number) as unknown as CandleRow),
  );

let btc: Candles;
let eth: Candles;
beforeAll(() => {
  btc = minutesOf('bitfinex_BTCUSD_1m_2019.csv.gz');
  eth = minutesOf('bitfinex_ETHUSD_1m_2019-05-09_2019-07-04.csv.gz');
});

function run(document: StrategyDocument): RunResult {
  const compiled = compileStrategy(document);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const market = (symbol: string, minutes: Candles) => ({
    exchange: 'local',
    symbol,
    tickSize: 0.01,
    lotSize: 0.000_01,
    minNotional: 10,
    candles: resample(minutes, document.timeframe),
  });
  const needsLeader = Object.values(document.indicators).some(({ symbol }) => symbol !== undefined);
  const result = runBacktest({
    strategy: compiled.value,
    document,
    markets: [market('BTC/USDT', btc), ...(needsLeader ? [market('ETH/USDT', eth)] : [])],
    timeframe: document.timeframe,
    config: { shorting: true },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const known = JSON.parse(readFileSync(new URL('examples.golden.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { trades: number; totalReturn: number; maxDrawdown: number }>
>;

describe('built-in examples', () => {
  it.each(listExamples().map(({ id, document }) => [id, document] as const))(
    '%s is sound and trades a year of bitcoin as it always did',
    (id, document) => {
      expect(checkStrategy(document)).toEqual([]);
      const { trades, metrics } = run(document);
      expect(trades.length).toBe(known[id]?.trades);
      expect(metrics['totalReturn']).toBeCloseTo(known[id]!.totalReturn, 9);
      expect(metrics['maxDrawdown']).toBeCloseTo(known[id]!.maxDrawdown, 9);
      expect(trades.every(({ entryReason }) => entryReason !== '')).toBe(true);
    },
  );

  it('are a dozen or more of different kinds, each described', () => {
    expect(listExamples().length).toBeGreaterThanOrEqual(12);
    for (const { document } of listExamples()) expect(document.description?.length).toBeGreaterThan(80);
  });
});
