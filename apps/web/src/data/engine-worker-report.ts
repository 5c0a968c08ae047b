import { assert, type CandleColumns } from '@wickworks/core';
import { histogramOf, type EquityColumns, type ParamSpecs, type RunDraft, type RunTrade } from '@wickworks/engine';
import { exposureOf } from './engine-worker-exposure.js';
import { finestOf, type TestSeries } from './engine-worker-input.js';
import { jumpsOf } from './engine-worker-jumps.js';
import type { EquitySketch, TestReport, TradeColumns } from './engine-worker-protocol.js';

/** Stretches of an equity curve that is drawn: more than a 4K screen has pixels across half of it. */
const SKETCH_POINTS = 2_000;
const HISTOGRAM_BINS = 41;

/** What the page shows of a run; hashes and proof when there are any. */
export function reportOf(
  draft: RunDraft,
  extra: {
    specs: readonly ParamSpecs[];
    series: readonly TestSeries[];
    runMs: number | null;
    isFromServer: boolean;
    hashes: { dataHash: string; resultHash: string } | null;
    proof: TestReport['proof'];
  },
): TestReport {
  const { setup, equity } = draft;
  const { series } = extra;
  const trades = tradeColumns(draft.trades, setup.strategies !== undefined);
  // Buying and holding is measured by the first market of the first strategy, as the engine does.
  const [lead] = setup.strategies ?? [];
  const benchmark =
    series.find(({ symbol, timeframe }) => symbol === lead?.symbols[0] && timeframe === lead.timeframe) ?? series[0];
  assert(benchmark, 'a run has a market');
  const marks = finestOf(series);
  const split = (setup.strategies ?? []).map(({ id }) =>
    exposureOf(
      draft.trades.filter(({ strategyId }) => strategyId === id),
      equity,
      marks,
    ),
  );
  const exposure =
    setup.strategies === undefined
      ? exposureOf(draft.trades, equity, marks)
      : Float64Array.from(equity.timesMs, (_, at) => split.reduce((sum, one) => sum + one[at]!, 0));
  return {
    setup,
    specs: extra.specs,
    series: series.map(({ exchange, symbol, timeframe }) => ({ exchange, symbol, timeframe })),
    candles: draft.candles,
    metrics: draft.metrics,
    breakdowns: draft.breakdowns,
    equity: sketchOf(equity, exposure, benchmark.candles, Number(draft.config.cash)),
    exposureBy: split.map(thinned),
    intrabar: draft.intrabar ?? null,
    jumps: jumpsOf(marks),
    isFromServer: extra.isFromServer,
    trades,
    returns: histogramOf(trades.returnRatio, HISTOGRAM_BINS),
    orders: draft.orders.length,
    runMs: extra.runMs,
    dataHash: extra.hashes?.dataHash ?? null,
    resultHash: extra.hashes?.resultHash ?? null,
    proof: extra.proof,
  };
}

/** The mean of each stretch of a drawn curve. */
function thinned(values: Float64Array): Float64Array {
  const count = Math.min(values.length, SKETCH_POINTS);
  return Float64Array.from({ length: count }, (_, point) => {
    const [from, to] = stretchOf(point, values.length, count);
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at]!;
    return sum / (to - from);
  });
}

/** Which values `[from, to)` a point of a drawn curve stands for. */
const stretchOf = (point: number, length: number, count: number): [from: number, to: number] => [
  Math.floor((point * length) / count),
  Math.floor(((point + 1) * length) / count),
];

/** At most {@link SKETCH_POINTS} stretches of a curve, each with its extremes, so that no peak or drawdown is lost. */
function sketchOf(equity: EquityColumns, exposure: Float64Array, benchmark: CandleColumns, cash: number): EquitySketch {
  const length = equity.timesMs.length;
  const count = Math.min(length, SKETCH_POINTS);
  const column = (): Float64Array => new Float64Array(count);
  const sketch = {
    timesMs: column(),
    low: column(),
    high: column(),
    last: column(),
    drawdownRatio: column(),
    exposureMean: column(),
    exposureHigh: column(),
    benchmark: column(),
  };
  const firstOpen = benchmark.length > 0 ? benchmark.open[0]! : NaN;
  let candle = 0;
  for (let point = 0; point < count; point++) {
    const [from, to] = stretchOf(point, length, count);
    let low = Infinity;
    let high = -Infinity;
    let deepest = 0;
    let exposed = 0;
    let mostExposed = 0;
    for (let index = from; index < to; index++) {
      const value = equity.equity[index]!;
      if (value < low) low = value;
      if (value > high) high = value;
      if (equity.drawdownRatio[index]! > deepest) deepest = equity.drawdownRatio[index]!;
      exposed += exposure[index]!;
      if (exposure[index]! > mostExposed) mostExposed = exposure[index]!;
    }
    const timeMs = equity.timesMs[to - 1]!;
    sketch.timesMs[point] = timeMs;
    sketch.low[point] = low;
    sketch.high[point] = high;
    sketch.last[point] = equity.equity[to - 1]!;
    sketch.drawdownRatio[point] = deepest;
    sketch.exposureMean[point] = exposed / (to - from);
    sketch.exposureHigh[point] = mostExposed;
    while (candle + 1 < benchmark.length && benchmark.time[candle + 1]! < timeMs) candle++;
    sketch.benchmark[point] = benchmark.length > 0 ? (cash * benchmark.close[candle]!) / firstOpen : NaN;
  }
  return sketch;
}

/** Trades as columns, which cross to the page at once however many there are. */
function tradeColumns(trades: readonly RunTrade[], isShared: boolean): TradeColumns {
  const count = trades.length;
  const words: string[] = [];
  const indexes = new Map<string, number>();
  const word = (text: string): number => {
    let index = indexes.get(text);
    if (index === undefined) {
      index = words.push(text) - 1;
      indexes.set(text, index);
    }
    return index;
  };
  // Plain loops: `from` would walk iterators.
  const filled = <T extends Float64Array | Uint16Array | Int8Array>(column: T, of: (trade: RunTrade) => number): T => {
    for (let at = 0; at < count; at++) column[at] = of(trades[at]!);
    return column;
  };
  const numbers = (of: (trade: RunTrade) => number): Float64Array => filled(new Float64Array(count), of);
  const texts = (of: (trade: RunTrade) => string): Uint16Array =>
    filled(new Uint16Array(count), (trade) => word(of(trade)));
  return {
    count,
    entryTimeMs: numbers((trade) => trade.entryTimeMs),
    exitTimeMs: numbers((trade) => trade.exitTimeMs ?? NaN),
    entryPrice: numbers((trade) => trade.entryPrice),
    exitPrice: numbers((trade) => trade.exitPrice ?? NaN),
    quantity: numbers((trade) => Number(trade.quantity)),
    pnl: numbers((trade) => Number(trade.pnl)),
    returnRatio: numbers((trade) => trade.returnRatio),
    fees: numbers((trade) => Number(trade.fees)),
    maeRatio: numbers((trade) => trade.maeRatio),
    mfeRatio: numbers((trade) => trade.mfeRatio),
    direction: filled(new Int8Array(count), (trade) => (trade.direction === 'long' ? 1 : -1)),
    symbol: texts((trade) => trade.symbol),
    entryReason: texts((trade) => trade.entryReason),
    exitReason: texts((trade) => trade.exitReason ?? 'open'),
    strategy: isShared ? texts((trade) => trade.strategyId ?? '') : null,
    words,
  };
}
