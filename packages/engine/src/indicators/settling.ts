import { Candles } from '@wickworks/core';
import type { IndicatorDefinition } from './define.js';
import { Graph, type Kernel, type Series } from './kernel/graph.js';
import { WatchedSeries, type Memory } from './kernel/memory.js';
import type { ParamValues } from './params.js';

/**
 * When an output no longer depends on where the data starts. `window`: with its first value. `fades`: a millionth of
 * the start is left from candle `candles` on. `market`: something must happen in the market first (a session opens, a
 * trend turns), so that `candles` is only what is needed besides. `forever`: never.
 */
export interface Settling {
  readonly kind: 'window' | 'fades' | 'market' | 'forever';
  /** Index of the first settled candle, counted from the start of the data; Infinity: never. */
  readonly candles: number;
}

/** What one kernel touched. */
interface Step {
  readonly touched: Set<WatchedSeries>;
}

/** What is known of a column: candles of memory beyond its `begin`, and whether the market decides. */
interface Known {
  readonly candles: number;
  readonly byMarket: boolean;
}

/** Lays out and runs kernels as ever, noting which of them reads and writes which column. */
class WatchedGraph extends Graph {
  readonly steps: Step[] = [];
  #current: Step | null = null;
  /** First candle on which every kernel has run. */
  furthest = 0;

  override column(begin: number, start = begin): Series {
    this.furthest = Math.max(this.furthest, begin);
    return new WatchedSeries(super.column(begin, start), (series) => this.#current?.touched.add(series));
  }

  override node(begin: number, run: Kernel): void {
    this.furthest = Math.max(this.furthest, begin);
    const step: Step = { touched: new Set() };
    this.steps.push(step);
    super.node(begin, (from, to) => {
      this.#current = step;
      run(from, to);
      this.#current = null;
    });
  }
}

/** Candles that move, `length` of them: enough for every kernel to look at all it reads. */
function someCandles(length: number): Candles {
  const candles = new Candles(length);
  for (let i = 0; i < length; i++) {
    const price = 100 + 5 * Math.sin(i) + 3 * Math.sin(i / 7);
    candles.push([i * 3_600_000, price, price + 2, price - 2, price + Math.cos(3 * i), 10 + (i % 7)]);
  }
  return candles;
}

/**
 * When each output of `definition` is settled, computed from the smoothing weights its kernels declare and from which
 * kernel reads which column; no market is needed. `params` come from `parseParams`.
 */
export function settlingByOutput(
  definition: IndicatorDefinition,
  params: ParamValues,
): Readonly<Record<string, Settling>> {
  const sizing = new WatchedGraph(new Candles(1));
  definition.create(sizing, params);
  const candles = someCandles(sizing.furthest + 2);
  const graph = new WatchedGraph(candles);
  const outputs = definition.create(graph, params);
  graph.run(0, candles.length);
  const known = new Map<Series, Known>();
  for (const { touched } of graph.steps) {
    // A kernel is the first to touch what it writes: whoever reads that comes later.
    const written = [...touched].filter((series) => !known.has(series));
    const read = [...touched].filter((series) => known.has(series));
    for (const series of written)
      known.set(
        series,
        withOwn(
          series,
          [...read, ...series.others].map((input) => known.get(input) ?? NOTHING),
        ),
      );
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, series]) => [name, settlingOf(series.begin, known.get(series) ?? NOTHING)]),
  );
}

const NOTHING: Known = { candles: 0, byMarket: false };

function withOwn(series: WatchedSeries, inputs: readonly Known[]): Known {
  return {
    candles: Math.max(0, ...inputs.map(({ candles }) => candles)) + candlesOf(series.own),
    byMarket: series.own === 'market' || inputs.some(({ byMarket }) => byMarket),
  };
}

const candlesOf = (memory: Memory): number => (memory === 'forever' ? Infinity : memory === 'market' ? 0 : memory);

function settlingOf(begin: number, { candles, byMarket }: Known): Settling {
  const kind = candles === Infinity ? 'forever' : byMarket ? 'market' : candles > 0 ? 'fades' : 'window';
  return { kind, candles: begin + candles };
}

/** When the last of the outputs is settled: the worst kind of any, and the most candles. */
export function settling(definition: IndicatorDefinition, params: ParamValues): Settling {
  const all = Object.values(settlingByOutput(definition, params));
  const kind = (['forever', 'market', 'fades'] as const).find((worst) => all.some((one) => one.kind === worst));
  return { kind: kind ?? 'window', candles: Math.max(0, ...all.map(({ candles }) => candles)) };
}
