import { closeTimeOf, err, ok, type Result, type Timeframe } from '@wickworks/core';
import type { IndicatorCache } from '../indicators/indicator-cache.js';
import { parseParamValues, type ParamValues } from '../indicators/params.js';
import type { RunMemory } from '../market/run-memory.js';
import type { OrderRecord, Refusal } from '../messages.js';
import { prepareBacktest, type Backtest, type BacktestFault, type BacktestMarket } from './backtest.js';
import { dataHashOf, resultHashOf } from './run-hash.js';
import { faultOfWish } from './run-faults.js';
import { draftOf } from './run-draft.js';
import { refusalOf } from './run-trades.js';
import type { RunConfig, RunDraft, RunMarket, RunMarketTerms, RunResult, RunSetup } from './run-types.js';
import type { WatchedIndicator } from './session.js';
import type { StrategyDefinition } from './strategy.js';

/** Rises whenever the engine gives other numbers for the same run. */
export const ENGINE_VERSION = '2';

/** Candles between two looks at progress and cancellation: some milliseconds of work. */
const SLICE_CANDLES = 20_000;

/** Spot without credit, 0.1 % fee, nothing else: what is left out of a run's configuration. */
export const DEFAULT_CONFIG: RunConfig = {
  cash: '10000',
  makerFeeBps: 10,
  takerFeeBps: 10,
  slippage: { kind: 'none' },
  volumeShareMax: null,
  latencyMs: 0,
  touchFills: false,
  shorting: false,
  leverage: 1,
  maintenanceRatio: 0.05,
  liquidationFeeBps: 0,
  borrowRatioPerDay: 0,
  positionsMax: 20,
};

export interface RunInput {
  readonly strategy: StrategyDefinition;
  /** The document the strategy was compiled from, kept in the result; left out for strategies in code. */
  readonly document?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly markets: readonly RunMarket[];
  readonly timeframe: Timeframe;
  /** Required when a market has detail candles. */
  readonly detailTimeframe?: Timeframe | null;
  readonly config?: Partial<RunConfig>;
}

export interface RunControl {
  /** Told the share (0..1) of candles done, now and then. */
  onProgress?(ratio: number): void;
  isCancelled?(): boolean;
}

/** What of the input was given by defaults. */
interface Settled {
  readonly params: ParamValues;
  readonly config: RunConfig;
  readonly detailTimeframe: Timeframe | null;
}

export type RunFault = BacktestFault | { readonly kind: 'cancelled' };

/**
 * A run in slices, for hosts that must breathe in between: call {@link advance} until it returns 0, then take
 * {@link result}. However it is sliced, the outcome is the same.
 */
export class Run {
  readonly #input: RunInput;
  readonly #settled: Settled;
  readonly #backtest: Backtest;
  #done = 0;

  constructor(parts: { input: RunInput; settled: Settled; backtest: Backtest }) {
    this.#input = parts.input;
    this.#settled = parts.settled;
    this.#backtest = parts.backtest;
  }

  /** Candles in all. */
  get candles(): number {
    return this.#input.markets.reduce((sum, { candles }) => sum + candles.length, 0);
  }

  /** What exactly is run, over the candles there are now. */
  get setup(): RunSetup {
    return setupOf(this.#input, this.#settled);
  }

  /** The indicators the strategy asked for, with their values as far as they go. */
  get watched(): readonly WatchedIndicator[] {
    return this.#backtest.session.watched;
  }

  /** Every order asked for so far, and every wish that became none. */
  get wishes(): { readonly orders: readonly OrderRecord[]; readonly refusals: readonly Refusal[] } {
    const { orders, refusals } = this.#backtest.record();
    return { orders, refusals };
  }

  /** Candles of a market before the strategy is asked. */
  get warmup(): number {
    return this.#input.strategy.warmup(this.#settled.params);
  }

  /** Share (0..1) of the candles done. */
  get progressRatio(): number {
    return this.#done / this.candles;
  }

  /** Works through at most `count` candles; returns how many there were, 0 at the end. */
  advance(count = Infinity): number {
    const done = this.#backtest.advance(count);
    this.#done += done;
    return done;
  }

  /** What happened so far, without hashes: for a preview that will be thrown away. */
  draft(): RunDraft {
    const { session } = this.#backtest;
    const { markets, timeframe } = this.#input;
    const record = this.#backtest.record();
    return draftOf({
      setup: this.setup,
      candles: this.#done,
      record,
      portfolio: session.portfolio,
      columns: markets.map(({ candles }) => candles),
      watched: session.watched,
      refused: record.refusals.map(refusalOf).filter((order) => order !== null),
      benchmark: { candles: markets[0]!.candles, timeframe },
      ...(markets.some(({ detail, trades }) => detail ?? trades) && { intrabar: this.#backtest.intrabar }),
    });
  }

  /** What happened, with the hashes by which anyone can verify it; after the last {@link advance}. `draft`: made since. */
  result(draft = this.draft()): RunResult {
    const { fills, equity, equityTimesMs } = this.#backtest.record();
    const dataHash = dataHashOf(this.#input.markets);
    const resultHash = resultHashOf({ setup: this.setup, dataHash, fills, equity, equityTimesMs });
    return { ...draft, dataHash, resultHash };
  }

  /** Gives lent memory back for the next run: drafts and results live on, all else of this run may not be read any more. */
  giveBack(): void {
    this.#backtest.giveBack();
  }
}

/** What a host that makes many runs lends them. */
export interface RunLoans {
  /** Of indicators over the same candles. */
  readonly cache?: IndicatorCache | undefined;
  /** For one run after the other: {@link Run.giveBack}. */
  readonly memory?: RunMemory | undefined;
}

/** Prepares a run; every fault names what is wrong. */
export function prepareRun(input: RunInput, loans: RunLoans = {}): Result<Run, BacktestFault> {
  const { strategy, timeframe } = input;
  const detailTimeframe = input.detailTimeframe ?? null;
  const config: RunConfig = { ...DEFAULT_CONFIG, ...input.config };
  for (const { symbol, candles, detail } of input.markets) {
    if (candles.length === 0) return err({ kind: 'no-candles', symbol });
    if (detail && detailTimeframe === null)
      return err({ kind: 'bad-detail', symbol, reason: 'detail candles without a detail timeframe' });
  }
  if (strategy.timeframe !== undefined && strategy.timeframe !== timeframe) {
    const message = `the strategy is made for ${strategy.timeframe} candles: change its document to run it on ${timeframe}`;
    return err({ kind: 'bad-params', issues: [{ field: 'timeframe', message }] });
  }
  const symbols = input.markets.map(({ symbol }) => symbol);
  const fault = faultOfWish({ symbols, timeframe, detailTimeframe, config, needs: strategy.needs });
  if (fault) return err(fault);
  const params = parseParamValues(strategy.params, input.params ?? {});
  if (!params.ok) return err({ kind: 'bad-params', issues: params.error });
  const { cash, makerFeeBps, takerFeeBps, ...rules } = config;
  const backtest = prepareBacktest({
    markets: input.markets.map((market) => marketOf(market, { timeframe, detailTimeframe, makerFeeBps, takerFeeBps })),
    strategy,
    params: params.value,
    rules: { ...rules, cash: Number(cash) },
    ...loans,
  });
  if (!backtest.ok) return backtest;
  const settled = { params: params.value, config, detailTimeframe };
  return ok(new Run({ input, settled, backtest: backtest.value }));
}

/** Runs a strategy over all candles: what it did, in numbers that can be verified. */
export function runBacktest(input: RunInput, control: RunControl = {}): Result<RunResult, RunFault> {
  const prepared = prepareRun(input);
  return prepared.ok ? runThrough(prepared.value, control) : prepared;
}

/** Works a prepared run through to its end. */
export function runThrough(
  run: Pick<Run, 'advance' | 'progressRatio' | 'result'>,
  control: RunControl,
): Result<RunResult, RunFault> {
  while (run.advance(SLICE_CANDLES) > 0) {
    if (control.isCancelled?.() === true) return err({ kind: 'cancelled' });
    control.onProgress?.(run.progressRatio);
  }
  return ok(run.result());
}

/** A market of a run as a backtest takes it. */
export function marketOf(
  market: RunMarket,
  of: { timeframe: Timeframe; detailTimeframe: Timeframe | null; makerFeeBps: number; takerFeeBps: number },
): BacktestMarket {
  const { symbol, tickSize, lotSize, minNotional, candles, detail, trades, funding } = market;
  const { timeframe, detailTimeframe } = of;
  const { makerFeeBps = of.makerFeeBps, takerFeeBps = of.takerFeeBps } = market;
  return {
    rules: { symbol, tickSize, lotSize, minNotional, makerFeeBps, takerFeeBps },
    timeframe,
    candles,
    ...(detail && detailTimeframe ? { detail: { timeframe: detailTimeframe, candles: detail } } : {}),
    ...(trades && { trades }),
    ...(funding !== undefined && { funding }),
  };
}

function setupOf(
  { strategy, document, markets, timeframe }: RunInput,
  { params, config, detailTimeframe }: Settled,
): RunSetup {
  const ends = markets.map(({ candles }) => closeTimeOf(timeframe, candles.time[candles.length - 1]!));
  return {
    strategy: document ?? null,
    strategyId: strategy.id,
    params,
    markets: markets.map(termsOf),
    timeframe,
    detailTimeframe,
    ...(markets.some(({ trades }) => trades) && { detailTrades: true }),
    fromMs: Math.min(...markets.map(({ candles }) => candles.time[0]!)),
    toMs: Math.max(...ends),
    config,
    engineVersion: ENGINE_VERSION,
  };
}

/** A market without its candles. */
export const termsOf = (market: RunMarketTerms): RunMarketTerms => {
  const { exchange, symbol, tickSize, lotSize, minNotional, makerFeeBps, takerFeeBps, funding } = market;
  return {
    ...{ exchange, symbol, tickSize, lotSize, minNotional },
    ...(makerFeeBps !== undefined && { makerFeeBps }),
    ...(takerFeeBps !== undefined && { takerFeeBps }),
    ...(funding !== undefined && { funding }),
  };
};
