import {
  err,
  ok,
  spanOfAll,
  timeSpanOf,
  type CandleColumns,
  type Result,
  type Timeframe,
  type TimeSpan,
  type TradeTape,
} from '@wickworks/core';
import { parseParamValues, type ParamValues } from '../indicators/params.js';
import { instrumentOf, type Instrument } from '../market/instrument.js';
import { DEFAULT_RULES, faultOfMarkets, type BacktestFault, type BacktestMarket } from './backtest.js';
import { draftOf } from './run-draft.js';
import { dataHashOf, resultHashOf } from './run-hash.js';
import { refusalOf } from './run-trades.js';
import type { RunConfig, RunDraft, RunMarket, RunMarketTerms, RunOrder, RunResult, RunSetup } from './run-types.js';
import {
  DEFAULT_CONFIG,
  ENGINE_VERSION,
  marketOf,
  runThrough,
  termsOf,
  type RunControl,
  type RunFault,
  type RunInput,
} from './run.js';
import { faultOfSharedWish } from './shared-faults.js';
import { SharedBacktest } from './shared-backtest.js';
import type { StrategyDefinition } from './strategy.js';

/** One of several strategies on one account. */
interface SharedRunStrategy {
  /** What trades, orders and figures name it by; left out: the definition's id, numbered when it is taken. */
  readonly id?: string | undefined;
  readonly strategy: StrategyDefinition;
  /** The document it was compiled from, kept in the result; left out for strategies in code. */
  readonly document?: unknown;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly timeframe: Timeframe;
  /** Markets of the run that it trades. */
  readonly symbols: readonly string[];
  /** Ratio (0..1) of the deposit reserved for it; left out or null: it shares what is reserved for no other. */
  readonly allocation?: number | null | undefined;
}

/** A market of a run of several strategies: its candles of every timeframe that one of them trades it on. */
export interface SharedRunMarket extends RunMarketTerms {
  readonly series: readonly {
    readonly timeframe: Timeframe;
    readonly candles: CandleColumns;
    /** Finer candles of the run's detail timeframe. */
    readonly detail?: CandleColumns;
  }[];
  /** Public trades of the time of all its candles; they come before detail candles where they are complete. */
  readonly trades?: TradeTape;
}

export interface SharedRunInput {
  /** In the order in which they are asked at the same moment. */
  readonly strategies: readonly SharedRunStrategy[];
  readonly markets: readonly SharedRunMarket[];
  /** Required when a market has detail candles; strategies whose own candles are as fine do without. */
  readonly detailTimeframe?: Timeframe | null;
  readonly config?: Partial<RunConfig>;
}

/** A strategy of the input with all that was left out. */
interface Settled {
  readonly id: string;
  readonly strategy: StrategyDefinition;
  readonly document: unknown;
  readonly params: ParamValues;
  readonly timeframe: Timeframe;
  readonly allocation: number | null;
  readonly markets: readonly RunMarket[];
}

/** A run of several strategies in slices, as {@link Run} is of one. */
export class SharedRun {
  readonly #setup: RunSetup;
  readonly #backtest: SharedBacktest;
  readonly #columns: readonly CandleColumns[];
  readonly #data: readonly RunMarket[];
  #done = 0;

  constructor(parts: {
    setup: RunSetup;
    backtest: SharedBacktest;
    columns: readonly CandleColumns[];
    data: readonly RunMarket[];
  }) {
    this.#setup = parts.setup;
    this.#backtest = parts.backtest;
    this.#columns = parts.columns;
    this.#data = parts.data;
  }

  /** Share (0..1) of the candles done. */
  get progressRatio(): number {
    return this.#done / this.#columns.reduce((sum, { length }) => sum + length, 0);
  }

  /** Works through at most `count` candles; returns how many there were, 0 at the end. */
  advance(count = Infinity): number {
    const done = this.#backtest.advance(count);
    this.#done += done;
    return done;
  }

  /** What happened so far, without hashes. */
  draft(): RunDraft {
    const { session } = this.#backtest;
    return draftOf({
      setup: this.#setup,
      candles: this.#done,
      record: this.#backtest.record(),
      portfolio: session.portfolio,
      columns: this.#columns,
      watched: session.watched,
      refused: session.refusals.flatMap(({ strategyId, refusal }): RunOrder[] => {
        const order = refusalOf(refusal);
        return order === null ? [] : [{ ...order, strategyId }];
      }),
      benchmark: { candles: this.#columns[0]!, timeframe: this.#setup.timeframe },
      strategyOf: (market) => session.strategyOf(market),
      ...(this.#data.some(({ detail, trades }) => detail ?? trades) && { intrabar: this.#backtest.intrabar }),
    });
  }

  /** What happened, with the hashes by which anyone can verify it; after the last {@link advance}. `draft`: made since. */
  result(draft = this.draft()): RunResult {
    const { fills, equity, equityTimesMs } = this.#backtest.record();
    const dataHash = dataHashOf(this.#data);
    const resultHash = resultHashOf({ setup: this.#setup, dataHash, fills, equity, equityTimesMs });
    return { ...draft, dataHash, resultHash };
  }
}

/** Prepares a run of several strategies on one account; every fault names what is wrong, and with which of them. */
export function prepareSharedRun(input: SharedRunInput): Result<SharedRun, BacktestFault> {
  const config: RunConfig = { ...DEFAULT_CONFIG, ...input.config };
  const settled = settle(input, config);
  if (!settled.ok) return settled;
  const strategies = settled.value;
  const detailTimeframe = input.detailTimeframe ?? null;
  const { cash, makerFeeBps, takerFeeBps, ...rules } = config;
  const seats: { id: string; strategy: Settled; markets: BacktestMarket[] }[] = [];
  const instruments: Instrument[] = [];
  for (const strategy of strategies) {
    const { timeframe, id } = strategy;
    const terms = { timeframe, detailTimeframe, makerFeeBps, takerFeeBps };
    const markets = strategy.markets.map((market) => marketOf(market, terms));
    const fault = faultOfMarkets(markets);
    if (fault) return err(fault);
    for (const market of markets) {
      const made = instrumentOf(market.rules);
      if (!made.ok) return made;
      instruments.push(made.value);
    }
    seats.push({ id, strategy, markets });
  }
  const backtest = new SharedBacktest({
    strategies: seats.map(({ id, strategy: { strategy, params, allocation }, markets }) => ({
      id,
      markets,
      allocation,
      // parseParamValues gives exactly the declared fields, each of its declared kind.
      warmup: strategy.warmup(params),
      create: (setup) => strategy.create(setup, params),
    })),
    instruments,
    rules: { ...DEFAULT_RULES, ...rules, cash: Number(cash) },
  });
  return ok(
    new SharedRun({
      setup: setupOf(input, strategies, config),
      backtest,
      columns: seats.flatMap(({ markets }) => markets.map(({ candles }) => candles)),
      data: seriesOf(input, strategies),
    }),
  );
}

/** Runs several strategies over all candles: what they did, in numbers that can be verified. */
export function runSharedBacktest(input: SharedRunInput, control: RunControl = {}): Result<RunResult, RunFault> {
  const prepared = prepareSharedRun(input);
  return prepared.ok ? runThrough(prepared.value, control) : prepared;
}

/** Each strategy as a run of its own, over its candles and with the whole deposit. */
export function eachAlone(
  input: SharedRunInput,
): Result<readonly { readonly id: string; readonly input: RunInput }[], BacktestFault> {
  const config: RunConfig = { ...DEFAULT_CONFIG, ...input.config };
  const settled = settle(input, config);
  if (!settled.ok) return settled;
  const { detailTimeframe = null } = input;
  return ok(
    settled.value.map(({ id, strategy, document, params, timeframe, markets }) => ({
      id,
      input: {
        ...{ strategy, document, params, timeframe, markets, config },
        detailTimeframe: timeframe === detailTimeframe ? null : detailTimeframe,
      },
    })),
  );
}

/** Names of strategies: their own where they have one, else `fallback`, numbered when it is taken. */
export function strategyIdsOf(
  strategies: readonly { readonly id?: string | undefined; readonly fallback: string }[],
): string[] {
  const taken = new Set(strategies.flatMap(({ id }) => id ?? []));
  return strategies.map(({ id, fallback }) => {
    if (id !== undefined) return id;
    let name = fallback;
    for (let count = 2; taken.has(name); count++) name = `${fallback}-${count}`;
    taken.add(name);
    return name;
  });
}

function settle(input: SharedRunInput, config: RunConfig): Result<Settled[], BacktestFault> {
  const symbols = input.markets.map(({ symbol }) => symbol);
  const twice = symbols.find((symbol, index) => symbols.indexOf(symbol) < index);
  if (twice !== undefined) return err({ kind: 'duplicate-symbol', symbol: twice });
  const detailTimeframe = input.detailTimeframe ?? null;
  const wishes = input.strategies.map((one) => ({ ...one, needs: one.strategy.needs }));
  const fault = faultOfSharedWish({ strategies: wishes, symbols, detailTimeframe, config });
  if (fault) return err(fault);
  const ids = strategyIdsOf(input.strategies.map(({ id, strategy }) => ({ id, fallback: strategy.id })));
  const settled: Settled[] = [];
  for (const [at, one] of input.strategies.entries()) {
    const { strategy, timeframe } = one;
    const wrong = (of: BacktestFault): Result<never, BacktestFault> => err({ kind: 'of-strategy', at, fault: of });
    if (strategy.timeframe !== undefined && strategy.timeframe !== timeframe) {
      const message = `the strategy is made for ${strategy.timeframe} candles: change its document to run it on ${timeframe}`;
      return wrong({ kind: 'bad-params', issues: [{ field: 'timeframe', message }] });
    }
    const params = parseParamValues(strategy.params, one.params ?? {});
    if (!params.ok) return wrong({ kind: 'bad-params', issues: params.error });
    const markets: RunMarket[] = [];
    for (const symbol of one.symbols) {
      const { series, trades, ...terms } = input.markets.find((market) => market.symbol === symbol)!;
      const own = series.find((candidate) => candidate.timeframe === timeframe);
      if (!own || own.candles.length === 0) return err({ kind: 'no-candles', symbol });
      if (own.detail && detailTimeframe === null)
        return err({ kind: 'bad-detail', symbol, reason: 'detail candles without a detail timeframe' });
      markets.push({
        ...terms,
        candles: own.candles,
        ...(own.detail && timeframe !== detailTimeframe && { detail: own.detail }),
        ...(trades && { trades }),
      });
    }
    settled.push({
      ...{ id: ids[at]!, strategy, document: one.document ?? null, params: params.value, timeframe, markets },
      allocation: one.allocation ?? null,
    });
  }
  return ok(settled);
}

/** Every series that is used, once: by market, then by timeframe, each in the order of the strategies. */
function seriesOf(input: SharedRunInput, strategies: readonly Settled[]): RunMarket[] {
  return input.markets.flatMap(({ symbol }) => {
    const used = new Map<Timeframe, RunMarket>();
    for (const { timeframe, markets } of strategies)
      for (const market of markets) if (market.symbol === symbol && !used.has(timeframe)) used.set(timeframe, market);
    return [...used.values()];
  });
}

function setupOf(input: SharedRunInput, strategies: readonly Settled[], config: RunConfig): RunSetup {
  const ranges = strategies.map(rangeOf);
  return {
    strategy: null,
    strategyId: strategies.map(({ id }) => id).join(' + '),
    strategies: strategies.map(({ id, document, params, timeframe, markets, allocation }, at) => ({
      ...{ id, strategy: document, params, timeframe, ...ranges[at]! },
      ...{ symbols: markets.map(({ symbol }) => symbol), allocation },
    })),
    params: {},
    markets: input.markets.map(termsOf),
    timeframe: strategies[0]!.timeframe,
    detailTimeframe: input.detailTimeframe ?? null,
    ...(input.markets.some(({ trades }) => trades) && { detailTrades: true }),
    ...spanOfAll(ranges),
    config,
    engineVersion: ENGINE_VERSION,
  };
}

/** Open times `[from, to)` of a strategy's candles. */
const rangeOf = ({ timeframe, markets }: Settled): TimeSpan =>
  spanOfAll(markets.map(({ candles }) => timeSpanOf(candles, timeframe)));
