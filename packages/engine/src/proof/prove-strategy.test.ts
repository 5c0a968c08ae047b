import { Candles, copyColumns } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { bollinger, smaCross } from '../../golden/strategies.js';
import { readCandles } from '../../golden/talib.js';
import { wildStrategy } from '../../golden/wild-strategy.js';
import { defineIndicator, line, type IndicatorDefinition } from '../indicators/define.js';
import { emaIndicator } from '../indicators/ema.js';
import { findIndicator } from '../indicators/registry.js';
import { obvIndicator } from '../indicators/obv.js';
import type { Intent } from '../messages.js';
import type { RunInput } from '../runner/run.js';
import type { RunMarket } from '../runner/run-types.js';
import { defineStrategy, NO_INTENTS, type StrategyContext, type StrategyDefinition } from '../runner/strategy.js';
import type { BiasProof } from './bias-proof.js';
import { proveStrategy } from './prove-strategy.js';

const market: RunMarket = {
  exchange: 'file',
  symbol: 'BTC/USDT',
  tickSize: 0.01,
  lotSize: 0.00001,
  minNotional: 5,
  candles: copyColumns(readCandles('btcusdt-4h'), 0, 2_000),
};

function prove(strategy: StrategyDefinition, more: Partial<RunInput> = {}): BiasProof {
  const proof = proveStrategy({ strategy, markets: [market], timeframe: '4h', ...more });
  if (!proof.ok) throw new Error(JSON.stringify(proof.error));
  return proof.value;
}

const failures = ({ checks }: BiasProof) => checks.filter(({ passed }) => !passed);

const buy = (context: StrategyContext, tag: string): readonly Intent[] => [
  {
    kind: 'place',
    type: 'market',
    symbol: context.symbol,
    side: 'buy',
    size: { kind: 'quantity', quantity: 0.001 },
    tag,
  },
];

/** Buys on every seventh candle, whatever the market does, and looks at one indicator only for show. */
const watching = (indicator: IndicatorDefinition, warmup: number, params = {}): StrategyDefinition =>
  defineStrategy({
    id: 'watching',
    title: 'Watching',
    params: {},
    warmup: () => warmup,
    create: (setup) => {
      setup.indicator(setup.symbols[0]!, indicator, params);
      return { onCandle: (context) => (context.index % 7 === 0 ? buy(context, 'seventh') : NO_INTENTS) };
    },
  });

describe('honest strategies', () => {
  it.each([
    ['SMA cross', smaCross, {}],
    ['Bollinger', bollinger, {}],
    ['every kind of order', wildStrategy, { shorting: true, leverage: 3 }],
  ] as const)('%s passes', (_name, strategy, config) => {
    const proof = prove(strategy, { config });
    expect(failures(proof)).toEqual([]);
    expect(proof.passed).toBe(true);
    expect(proof.checks[0]).toMatchObject({ kind: 'look-ahead', passed: true });
  });

  it('passes on several markets that begin at different times, with detail candles', () => {
    const late = { ...market, symbol: 'LATE/USDT', candles: copyColumns(market.candles, 300, 2_000) };
    const proof = prove(smaCross, {
      markets: [{ ...market, detail: halves(market.candles) }, late],
      detailTimeframe: '2h',
    });
    expect(failures(proof)).toEqual([]);
  });

  it('says so when the data is too short to start later', () => {
    const short = { ...market, candles: copyColumns(market.candles, 0, 52) };
    const proof = prove(smaCross, { markets: [short] });
    expect(proof.passed).toBe(true);
    expect(proof.checks.at(-1)!.detail).toContain('too short');
  });

  it('leaves the candles as they were, and says the same again', () => {
    const before = structuredClone(market.candles.close);
    expect(prove(wildStrategy)).toEqual(prove(wildStrategy));
    expect(market.candles.close).toEqual(before);
  });
});

describe('planted cheaters', () => {
  it('an indicator that peeks at the next close is named, with the candle', () => {
    const peek = watching(
      defineIndicator({
        id: 'peek',
        title: 'Peek',
        group: 'trend',
        params: {},
        outputs: { next: line('Next close') },
        formula: 'close of the next candle',
        create: (g) => {
          const { close } = g;
          return {
            next: g.derive(0, (from, to, out) => {
              for (let i = from; i < to; i++) out[i] = close.values[i + 1] ?? NaN;
            }),
          };
        },
      }),
      1,
    );
    const [found] = failures(prove(peek));
    expect(found).toMatchObject({ kind: 'look-ahead', culprit: 'peek().next' });
    expect(market.candles.time.includes(found!.timeMs!)).toBe(true);
    expect(found!.detail).toContain('those after the cut missing');
  });

  it('an indicator scaled by the whole column is caught though it reads no candle by index', () => {
    const scaled = watching(
      defineIndicator({
        id: 'scaled',
        title: 'Scaled',
        group: 'trend',
        params: {},
        outputs: { share: line('Share') },
        formula: 'close ÷ highest close of all',
        create: (g) => {
          const { close } = g;
          return {
            share: g.derive(0, (from, to, out) => {
              const top = close.values.reduce((most, value) => Math.max(most, value), 0);
              for (let i = from; i < to; i++) out[i] = close.values[i]! / top;
            }),
          };
        },
      }),
      1,
    );
    expect(failures(prove(scaled))[0]).toMatchObject({ kind: 'look-ahead', culprit: 'scaled().share' });
  });

  it('a strategy that reads behind the end of the candles it is shown is caught by its rule', () => {
    const reader = defineStrategy({
      id: 'reader',
      title: 'Reads ahead',
      params: {},
      warmup: () => 1,
      create: () => ({
        onCandle: (context) =>
          context.candles.close[context.index + 1]! > context.candles.close[context.index]!
            ? buy(context, 'knows')
            : NO_INTENTS,
      }),
    });
    expect(failures(prove(reader))[0]).toMatchObject({ kind: 'look-ahead', culprit: 'knows' });
  });

  it('a strategy that kept the columns in a closure is caught, which a shorter copy alone would not show', () => {
    const all = market.candles.close;
    const insider = defineStrategy({
      id: 'insider',
      title: 'Insider',
      params: {},
      warmup: () => 1,
      create: () => ({
        onCandle: (context) => (all[context.index + 3]! > all[context.index]! ? buy(context, 'insider') : NO_INTENTS),
      }),
    });
    const [found] = failures(prove(insider));
    expect(found).toMatchObject({ kind: 'look-ahead', culprit: 'insider' });
    expect(found!.detail).toContain('different');
  });

  it('a warm-up too short for a recursive indicator is named, with what it needs', () => {
    const fresh = watching(emaIndicator, 20, { period: 200, source: 'close' });
    const [found] = failures(prove(fresh));
    expect(found).toMatchObject({ kind: 'warm-up', culprit: 'ema(200, close).ema' });
    expect(found!.detail).toMatch(/has no value after the warm-up of 20 candles; it needs \d+ to settle/);
    expect(found!.detail).toContain('by its weights a millionth of the start is left after 1581 candles');
    const early = watching(emaIndicator, 250, { period: 200, source: 'close' });
    expect(failures(prove(early))[0]!.detail).toMatch(
      /is \d+(\.\d+)? % off after the warm-up of 250 candles; it needs/,
    );
    const patient = watching(emaIndicator, 900, { period: 200, source: 'close' });
    expect(failures(prove(patient))).toEqual([]);
  });

  it('a few candles out of many before an indicator settles are told, not held against the strategy', () => {
    const rsi = findIndicator('rsi')!;
    const proof = prove(watching(rsi, 3, { period: 3, source: 'close' }));
    expect(failures(proof)).toEqual([]);
    expect(proof.checks.at(-1)!.detail).toMatch(/it needs \d+ to settle within 1 %/);
  });

  it('an indicator that remembers the first candle for ever never settles', () => {
    const sum = watching(obvIndicator, 50, { source: 'close' });
    const [found] = failures(prove(sum));
    expect(found).toMatchObject({ kind: 'warm-up', culprit: 'obv(close).obv' });
    expect(found!.detail).toContain('never settles');
    expect(found!.detail).toContain('never forgets where the data starts');
  });
});

/** Each candle as two of half its width. */
function halves(candles: RunMarket['candles']): Candles {
  const fine = new Candles(candles.length * 2);
  for (let i = 0; i < candles.length; i++) {
    const [time, open, high, low, close] = [candles.time, candles.open, candles.high, candles.low, candles.close].map(
      (column) => column[i]!,
    ) as [number, number, number, number, number];
    const middle = (open + close) / 2;
    fine.push([time, open, Math.max(open, middle, high), Math.min(open, middle), middle, 1]);
    fine.push([time + 7_200_000, middle, Math.max(middle, close), Math.min(middle, close, low), close, 1]);
  }
  return fine;
}
