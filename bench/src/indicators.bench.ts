// Indicators over 1,000,000 candles against npm peers, nanoseconds of CPU time per candle, best of interleaved
// runs. Ours writes into buffers it has, as a runner, an optimiser or a slider does; peers return fresh arrays.
import { Candles } from '@wickworks/core';
import {
  createRunner,
  findIndicator,
  parseParams,
  type IndicatorDefinition,
  type ParamValues,
} from '@wickworks/engine';
import * as other from 'indicatorts';
import * as signals from 'trading-signals';
import { lessIsBetter, type BenchResult } from './bench.js';

const COUNT = 1_000_000;
const LIVE_COUNT = 200_000;
const ROUNDS = 7;

function market(count: number): Candles {
  const candles = new Candles(count);
  let price = 30_000;
  let seed = 42;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  for (let i = 0; i < count; i++) {
    const open = price;
    price *= 1 + (random() - 0.5) * 0.002;
    const high = Math.max(open, price) * (1 + random() * 0.0005);
    const low = Math.min(open, price) * (1 - random() * 0.0005);
    candles.push([i * 60_000, open, high, low, price, random() * 100]);
  }
  return candles;
}

interface Rival {
  readonly name: string;
  readonly run: () => unknown;
}

interface Contest {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly rivals: readonly Rival[];
}

const candles = market(COUNT);
const [high, low, close] = [candles.high, candles.low, candles.close].map((column) => Array.from(column)) as [
  number[],
  number[],
  number[],
];
const rows = close.map((value, i) => ({ high: high[i]!, low: low[i]!, close: value }));

/** Steps a trading-signals indicator over prices or candles. */
function stepped<T>(name: string, create: () => { add(value: T): unknown }, values: readonly T[]): Rival {
  return {
    name,
    run: () => {
      const indicator = create();
      let last: unknown;
      for (const value of values) last = indicator.add(value);
      return last;
    },
  };
}

const contests: readonly Contest[] = [
  {
    id: 'sma',
    params: { period: 20 },
    rivals: [
      stepped('trading-signals', () => new signals.SMA(20), close),
      { name: 'indicatorts', run: () => other.sma(close, { period: 20 }) },
    ],
  },
  {
    id: 'ema',
    params: { period: 20 },
    rivals: [
      stepped('trading-signals', () => new signals.EMA(20), close),
      { name: 'indicatorts', run: () => other.ema(close, { period: 20 }) },
    ],
  },
  {
    id: 'rsi',
    params: { period: 14 },
    rivals: [
      stepped('trading-signals', () => new signals.RSI(14), close),
      { name: 'indicatorts', run: () => other.rsi(close, { period: 14 }) },
    ],
  },
  {
    id: 'macd',
    params: {},
    rivals: [
      stepped(
        'trading-signals',
        () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)),
        close,
      ),
      { name: 'indicatorts', run: () => other.macd(close) },
    ],
  },
  {
    id: 'bbands',
    params: { period: 20 },
    rivals: [
      stepped('trading-signals', () => new signals.BollingerBands(20, 2), close),
      { name: 'indicatorts', run: () => other.bb(close, { period: 20 }) },
    ],
  },
  {
    id: 'atr',
    params: { period: 14 },
    rivals: [
      stepped('trading-signals', () => new signals.ATR(14), rows),
      { name: 'indicatorts', run: () => other.atr(high, low, close, { period: 14 }) },
    ],
  },
  {
    id: 'stoch',
    params: { period: 14 },
    rivals: [
      stepped(
        'trading-signals',
        () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
        rows,
      ),
      { name: 'indicatorts', run: () => other.stoch(high, low, close, { kPeriod: 14, dPeriod: 3 }) },
    ],
  },
  { id: 'adx', params: { period: 14 }, rivals: [stepped('trading-signals', () => new signals.ADX(14), rows)] },
];

/** CPU time of one call in ns per candle: on a shared machine wall time would measure the neighbours. */
function once(run: () => unknown, count: number): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1_000) / count;
}

function resolve(id: string, raw: Readonly<Record<string, number>>): [IndicatorDefinition, ParamValues] {
  const definition = findIndicator(id);
  const params = definition && parseParams(definition, raw);
  if (!params?.ok) throw new Error(`no indicator ${id} with these parameters`);
  return [definition!, params.value];
}

/** ns per new candle of a live runner: each candle forms, changes once and closes. */
function live(definition: IndicatorDefinition, params: ParamValues): number {
  const growing = new Candles(LIVE_COUNT);
  const runner = createRunner(definition, params, growing);
  return once(() => {
    for (let i = 0; i < LIVE_COUNT; i++) {
      growing.push(candles.at(i)!);
      runner.append();
      runner.update();
    }
  }, LIVE_COUNT);
}

/** Eight indicators over a million candles beside the fastest npm peer of each; beside each the cost of a live candle. */
export function run(): Promise<BenchResult> {
  const cases = contests.map(({ id, params, rivals }) => {
    const [definition, values] = resolve(id, params);
    const runner = createRunner(definition, values, candles);
    const runs = [{ name: 'wickworks', run: (): unknown => runner.recalculate() }, ...rivals];
    const times = new Map<string, number[]>(runs.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++)
      for (const one of runs) times.get(one.name)!.push(once(one.run, COUNT));
    const [ours, ...theirs] = runs.map(({ name }) => ({ name, ns: Math.min(...times.get(name)!) }));
    const best = theirs.reduce((a, b) => (b.ns < a.ns ? b : a));
    const step = live(definition, values).toFixed(0);
    return lessIsBetter(`${id}, ${COUNT} candles (live: ${step} ns)`, ours!.ns, 'ns/candle', best.name, best.ns);
  });
  return Promise.resolve({ name: 'indicators', cases });
}
