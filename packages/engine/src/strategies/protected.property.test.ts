import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rulesOf, walk } from '../../golden/walk.js';
import { prepareBacktest, type Backtest } from '../runner/backtest.js';
import { compileStrategy } from './compile-strategy.js';
import type { LevelSpec, SizeSpec, StrategyDocument, TargetSpec } from './document.js';

const sizes: readonly SizeSpec[] = [
  { kind: 'equity', ratio: 0.4 },
  { kind: 'risk', ratio: 0.02 },
  { kind: 'quantity', amount: 7 },
];
const stops: readonly LevelSpec[] = [
  { kind: 'ratio', ratio: 0.01 },
  { kind: 'atr', period: 5, multiple: 2 },
];
const ladders: readonly (readonly TargetSpec[] | undefined)[] = [
  undefined,
  [{ kind: 'ratio', ratio: 0.004 }],
  [0.003, 0.005, 0.008].map((ratio) => ({ kind: 'ratio', ratio })),
  [0.003, 0.006].map((ratio) => ({ kind: 'ratio', ratio, share: 0.3 })),
];

const documents: fc.Arbitrary<StrategyDocument> = fc
  .record({
    size: fc.constantFrom(...sizes),
    stopLoss: fc.constantFrom(...stops),
    takeProfit: fc.constantFrom(...ladders),
    trailingStop: fc.constantFrom<StrategyDocument['trailingStop']>(
      undefined,
      { kind: 'ratio', ratio: 0.008 },
      { kind: 'ratio', ratio: 0.004, from: 0.002 },
    ),
    breakEven: fc.constantFrom(undefined, { at: 0.002 }),
    pyramiding: fc.constantFrom(undefined, { entriesMax: 3 }, { entriesMax: 3, averageDown: true }),
    isLimited: fc.boolean(),
  })
  .map(({ isLimited, ...parts }) => {
    const order = isLimited ? ({ type: 'limit', offset: 0.001, expiresAfter: 3 } as const) : undefined;
    return {
      schema: 1,
      name: 'Protected',
      timeframe: '1h',
      params: {},
      indicators: {},
      conditions: {},
      entry: {
        long: { when: { rising: 'close', over: 1 }, order },
        short: { when: { falling: 'close', over: 3 }, order },
      },
      exit: { long: { when: { falling: 'close', over: 4 } }, short: { when: { rising: 'close', over: 4 } } },
      ...parts,
    };
  });

/** Units of the position that orders at the venue would close at a stop. */
function stoppedUnits({ session }: Backtest): number {
  const side = session.portfolio.unitsOf(0) > 0 ? 'sell' : 'buy';
  return session.desk
    .workingRequests(0)
    .filter(({ reduceOnly, type, ...order }) => reduceOnly && order.side === side && /stop/.test(type))
    .reduce((sum, { id, quantityUnits, wholePosition }) => {
      const { filledUnits, reducedUnits } = session.desk.records[id - 1]!;
      return sum + (wholePosition ? Infinity : quantityUnits - filledUnits - reducedUnits);
    }, 0);
}

it('a position of a strategy with a stop-loss is covered by stops at every close, to the last lot', () => {
  let held = 0;
  fc.assert(
    fc.property(
      fc.record({
        document: documents,
        seed: fc.integer({ min: 1, max: 1e6 }),
        lotSize: fc.constantFrom(1, 0.1, 0.03),
        volumeShareMax: fc.constantFrom(null, 0.01),
        latencyMs: fc.constantFrom(0, 5_000_000),
      }),
      ({ document, seed, lotSize, volumeShareMax, latencyMs }) => {
        const compiled = compileStrategy(document);
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
        const prepared = prepareBacktest({
          markets: [{ rules: { ...rulesOf('A/USDT'), lotSize }, timeframe: '1h', candles: walk(seed, 120) }],
          strategy: compiled.value,
          rules: { cash: 100_000, shorting: true, volumeShareMax, latencyMs },
        });
        if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
        const backtest = prepared.value;
        while (backtest.advance(1) > 0) {
          const units = Math.abs(backtest.session.portfolio.unitsOf(0));
          if (units === 0) continue;
          held++;
          expect(stoppedUnits(backtest)).toBeGreaterThanOrEqual(units);
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(held).toBeGreaterThan(1_000);
});
