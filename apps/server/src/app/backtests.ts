import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  BacktestRequest,
  BacktestSetup,
  BacktestResult,
  BiasProof,
  Breakdowns,
  MetricValues,
  isRules,
  type BacktestView,
  type JobView,
} from '@wickworks/contracts';
import {
  candlesBetween,
  closeTimeOf,
  err,
  ok,
  openTimeAt,
  seriesId,
  shiftOpenTime,
  spanOfAll,
  timeSpanOf,
  type CandleColumns,
  type Result,
  type SeriesKey,
  type Timeframe,
  type TradeTape,
} from '@wickworks/core';
import type { BacktestRow, CandleStore, StrategyStores, TradeStore } from '@wickworks/db';
import type { RunMarket } from '@wickworks/engine';
import * as z from 'zod';
import type { Feed, HubLease } from '../feed/feed.js';
import type { SeriesHub } from '../feed/series-hub.js';
import type { BacktestPool } from '../jobs/backtest-pool.js';
import { plain, plainTrades, type BacktestTask } from '../jobs/backtest-task.js';
import type { JobBoard, JobControl } from '../jobs/job-board.js';
import { atMarket, refusalOfFailure, refuse, type Refusal } from '../wire/problem.js';
import { checkStrategies, invalidAt, type CheckedStrategy } from './backtest-strategies.js';
import type { DocumentCheck } from './document-check.js';
import type { Strategies } from './strategies.js';

/** Candles of a run whose request names no beginning. */
const DEFAULT_CANDLES = 20_000;
/** Candles of one market at most: two years of minutes. */
const CANDLES_MAX = 1_100_000;
const PAGE_CANDLES = 5_000;
/** Trades of one run at most: a quarter of a gigabyte of columns. */
const TRADES_MAX = 10_000_000;
/** Longest run of a strategy in code. */
const CODE_TIME_MAX_MS = 600_000;

const Summary = z.object({
  setup: BacktestSetup,
  candles: z.int(),
  metrics: MetricValues,
  breakdowns: Breakdowns,
  proof: BiasProof.nullable(),
  dataHash: z.string(),
  resultHash: z.string(),
});

export interface BacktestsInput {
  readonly stores: StrategyStores;
  readonly strategies: Strategies;
  readonly check: DocumentCheck;
  readonly feed: Feed;
  readonly candles: CandleStore;
  readonly trades: TradeStore;
  readonly jobs: JobBoard;
  readonly pool: BacktestPool;
  readonly nowMs: () => number;
}

/** One market of a run, held open while its candles are gathered. */
interface Wanted {
  readonly key: SeriesKey;
  readonly hub: SeriesHub;
  readonly detail: SeriesHub | null;
  readonly rules: Omit<RunMarket, 'exchange' | 'symbol' | 'candles' | 'detail'>;
}

/** Its candles, when they are there. */
interface GatheredSeries {
  readonly timeframe: Timeframe;
  readonly market: RunMarket;
}

/** Backtests on the server: started, followed, kept. */
export class Backtests {
  readonly #input: BacktestsInput;

  constructor(input: BacktestsInput) {
    this.#input = input;
  }

  async list(ownerId: string): Promise<BacktestView[]> {
    return (await this.#input.stores.backtests.list(ownerId)).map((row) => this.#viewOf(row));
  }

  async find(key: { id: string; ownerId: string }): Promise<Result<BacktestView, Refusal>> {
    const row = await this.#input.stores.backtests.find(key);
    return row ? ok(this.#viewOf(row)) : err(unknown(key.id));
  }

  /** The whole result; refused while there is none. */
  async result(key: { id: string; ownerId: string }): Promise<Result<BacktestResult, Refusal>> {
    const found = await this.find(key);
    if (!found.ok) return found;
    const packed = await this.#input.stores.backtests.result(key);
    if (packed) return ok(BacktestResult.parse(JSON.parse(gunzipSync(packed).toString('utf8'))));
    return err(refuse('conflict', `backtest "${key.id}" has no result: it is ${found.value.state}`));
  }

  /** Stops it if it runs, and forgets it. */
  async delete(key: { id: string; ownerId: string }): Promise<Result<void, Refusal>> {
    const { jobs } = this.#input;
    if (jobs.ownerOf(key.id) === key.ownerId) jobs.cancel(key.id);
    return (await this.#input.stores.backtests.delete(key)) ? ok(undefined) : err(unknown(key.id));
  }

  /** Checks everything that can be known now, then starts the job, which has the id of the backtest. */
  async start(ownerId: string, request: BacktestRequest): Promise<Result<JobView, Refusal>> {
    const checked = await this.#check(ownerId, request);
    if (!checked.ok) return checked;
    const strategies = checked.value;
    const acquired = await this.#acquire(request, strategies);
    if (!acquired.ok) return acquired;
    const { wanted, release } = acquired.value;
    const { stores, jobs, nowMs } = this.#input;
    const id = randomUUID();
    const names = strategies.map(({ document }) => document.name).join(' + ');
    const title = request.title ?? `${names}, ${request.markets.map(({ symbol }) => symbol).join(', ')}`;
    const work = async (control: JobControl): Promise<string | { failed: string }> => {
      const ended = await this.#work(id, request, { strategies, wanted, release }, control).catch(
        async (error: unknown) => {
          await stores.backtests.update(id, { state: 'failed', detail: 'an internal error; the log says more' });
          throw error;
        },
      );
      // Broken off by the end of the process it is left as it is: the next process tells that it failed.
      if (typeof ended === 'string' || control.isInterrupted()) return ended;
      if (control.signal.aborted) await stores.backtests.update(id, { state: 'cancelled', detail: 'cancelled' });
      else await stores.backtests.update(id, { state: 'failed', detail: ended.failed });
      return ended;
    };
    try {
      await stores.backtests.add({ id, ownerId, title, createdMs: nowMs(), request });
      return ok(await jobs.start('backtest', title, work, { owner: ownerId, id }));
    } catch (error) {
      release();
      await stores.backtests.delete({ id, ownerId }).catch(() => undefined);
      throw error;
    }
  }

  /** The strategies to run, or what is wrong with the request. */
  async #check(ownerId: string, request: BacktestRequest): Promise<Result<readonly CheckedStrategy[], Refusal>> {
    const { fromMs, toMs } = request;
    if (fromMs !== undefined && toMs !== undefined && toMs <= fromMs)
      return err(invalid('toMs', 'must be later than fromMs'));
    const pairs = new Set(request.markets.map(({ symbol }) => symbol));
    if (pairs.size < request.markets.length) return err(invalid('markets', 'each symbol at most once'));
    return checkStrategies(this.#input, ownerId, request);
  }

  /** Every series the run needs, held until `release`; all or none. */
  async #acquire(
    request: BacktestRequest,
    strategies: readonly CheckedStrategy[],
  ): Promise<Result<{ readonly wanted: readonly Wanted[]; readonly release: () => void }, Refusal>> {
    const held: HubLease[] = [];
    const release = (): void => {
      for (const lease of held) lease.release();
    };
    const acquire = async (key: SeriesKey): Promise<Result<HubLease, Refusal>> => {
      const lease = await this.#input.feed.acquireStored(key);
      if (lease.ok) held.push(lease.value);
      return lease;
    };
    try {
      const wanted = await this.#wanted(request, strategies, acquire);
      if (wanted.ok) return ok({ wanted: wanted.value, release });
      release();
      return wanted;
    } catch (error) {
      release();
      throw error;
    }
  }

  async #wanted(
    request: BacktestRequest,
    strategies: readonly CheckedStrategy[],
    acquire: (key: SeriesKey) => Promise<Result<HubLease, Refusal>>,
  ): Promise<Result<Wanted[], Refusal>> {
    const wanted: Wanted[] = [];
    for (const [index, { exchange, symbol, ...terms }] of request.markets.entries())
      for (const timeframe of timeframesOf(strategies, symbol)) {
        const key = { exchange, symbol, timeframe };
        const lease = await acquire(key);
        if (!lease.ok) return err(atMarket(lease.error, `markets.${String(index)}`, 'timeframe'));
        const { detailTimeframe } = request;
        const detail =
          detailTimeframe === undefined || detailTimeframe === timeframe
            ? null
            : await acquire({ ...key, timeframe: detailTimeframe });
        if (detail && !detail.ok) return err(atMarket(detail.error, `markets.${String(index)}`, 'detailTimeframe'));
        const markets = await this.#input.feed.exchanges.get(exchange)!.markets();
        const market = markets.ok ? markets.value.get(symbol) : undefined;
        wanted.push({
          key,
          hub: lease.value.hub,
          detail: detail ? detail.value.hub : null,
          rules: {
            tickSize: Number(market?.priceTick ?? '0.00000001'),
            lotSize: Number(market?.quantityStep ?? '0.00000001'),
            minNotional: Number(market?.notionalMin ?? '0'),
            ...terms,
          },
        });
      }
    return ok(wanted);
  }

  async #work(
    id: string,
    request: BacktestRequest,
    given: { strategies: readonly CheckedStrategy[]; wanted: readonly Wanted[]; release: () => void },
    control: JobControl,
  ): Promise<string | { failed: string }> {
    const { stores, pool } = this.#input;
    const { strategies, wanted, release } = given;
    const series: GatheredSeries[] = [];
    // All begin together, however wide their candles are.
    const shortest = wanted
      .map(({ key }) => key.timeframe)
      .reduce((least, timeframe) => (closeTimeOf(timeframe, 0) < closeTimeOf(least, 0) ? timeframe : least));
    try {
      for (const [index, market] of wanted.entries()) {
        const share = (ratio: number): number => (0.5 * (index + ratio)) / wanted.length;
        const range = { fromMs: request.fromMs, toMs: request.toMs, shortest };
        const gathered = await this.#gather(market, range, control, (ratio, detail) =>
          control.progress(share(ratio), detail),
        );
        if (!gathered.ok) return { failed: gathered.error };
        series.push({ timeframe: market.key.timeframe, market: gathered.value });
      }
    } finally {
      release();
    }
    if (control.signal.aborted) return { failed: 'cancelled' };
    const tapes = request.detailTrades === true ? await this.#tapes(series) : ok(new Map<string, TradeTape>());
    if (!tapes.ok) return { failed: tapes.error };
    control.waits(true);
    const outcome = await pool.run(taskOf(request, strategies, { series, tapes: tapes.value }), {
      signal: control.signal,
      ...(!strategies.every(({ document }) => isRules(document)) && { timeMaxMs: CODE_TIME_MAX_MS }),
      started: () => {
        control.waits(false);
        // How it ends is noted again: a store that fails shows there.
        stores.backtests.update(id, { state: 'running' }).catch(() => undefined);
      },
      progress: (ratio) => control.progress(0.5 + ratio / 2, ratio < 1 ? 'running' : 'looking for bias'),
    });
    if (outcome.kind === 'failed') return { failed: outcome.reason };
    if (outcome.kind !== 'done') return { failed: 'cancelled' };
    const { summary, result } = outcome;
    await stores.backtests.update(id, { state: 'done', detail: '', summary, result: Buffer.from(result) });
    return `${summary.candles} candles, ${String(summary.metrics['roundTrips'] ?? 0)} trades`;
  }

  /** The candles of one market, fetched where the store lacks them. */
  async #gather(
    { key, hub, detail, rules }: Wanted,
    range: { fromMs: number | undefined; toMs: number | undefined; shortest: Timeframe },
    control: JobControl,
    progress: (ratio: number, detail: string) => void,
  ): Promise<Result<RunMarket, string>> {
    const untilMs = Math.min(range.toMs ?? Infinity, hub.presentMs);
    const sinceMs = range.fromMs ?? shiftOpenTime(range.shortest, untilMs, -DEFAULT_CANDLES);
    const fromMs = openTimeAt(key.timeframe, sinceMs);
    const own = await this.#series(hub, { fromMs, untilMs }, control, progress);
    if (!own.ok) return own;
    if (own.value.length === 0) return err(`${seriesId(key)} has no candles between fromMs and toMs`);
    const market = { exchange: key.exchange, symbol: key.symbol, ...rules, candles: plain(own.value) };
    if (!detail) return ok(market);
    // To the close of the last candle, wherever toMs lies in it: what is outside decides nothing.
    const span = timeSpanOf(own.value, key.timeframe);
    const fine = await this.#series(detail, { fromMs: span.fromMs, untilMs: span.toMs }, control, progress);
    return fine.ok ? ok({ ...market, detail: plain(fine.value) }) : fine;
  }

  /** The closed candles of a series that open in `[fromMs, untilMs)`, as far as they can be had; newest fetched first. */
  async #series(
    hub: SeriesHub,
    { fromMs, untilMs }: { fromMs: number; untilMs: number },
    { signal }: JobControl,
    progress: (ratio: number, detail: string) => void,
  ): Promise<Result<CandleColumns, string>> {
    const id = seriesId(hub.key);
    if (candlesBetween(hub.key.timeframe, fromMs, untilMs) > CANDLES_MAX)
      return err(`${id}: more than ${CANDLES_MAX} candles; choose a shorter range or a longer timeframe`);
    let reachedMs = untilMs;
    while (reachedMs > fromMs && !signal.aborted) {
      const page = await hub.history(reachedMs, PAGE_CANDLES);
      if (!page.ok) return err(refusalOfFailure(page.error).detail);
      const { candles, complete } = page.value;
      if (complete || candles.length === 0) break;
      reachedMs = candles.time[0]!;
      progress((untilMs - reachedMs) / (untilMs - fromMs), `gathering candles of ${id}`);
    }
    return ok(await this.#input.candles.read(hub.key, fromMs, untilMs));
  }

  /** By symbol the stored trades of the time of its candles. */
  async #tapes(series: readonly GatheredSeries[]): Promise<Result<ReadonlyMap<string, TradeTape>, string>> {
    const tapes = new Map<string, TradeTape>();
    let left = TRADES_MAX;
    for (const { exchange, symbol } of new Map(series.map(({ market }) => [market.symbol, market])).values()) {
      const key = { exchange, symbol };
      const own = series.filter(({ market }) => market.symbol === symbol);
      const { fromMs, toMs } = spanOfAll(own.map(({ timeframe, market }) => timeSpanOf(market.candles, timeframe)));
      left -= await this.#input.trades.count(key, fromMs, toMs);
      if (left < 0)
        return err(`more than ${TRADES_MAX.toLocaleString('en-US')} trades are stored; choose a shorter range`);
      const { trades, covered } = await this.#input.trades.read(key, fromMs, toMs);
      if (covered.length === 0)
        return err(
          `detailTrades: no trades of ${exchange} ${symbol} are stored between fromMs and toMs: see wick trades`,
        );
      tapes.set(symbol, { trades: plainTrades(trades), covered });
    }
    return ok(tapes);
  }

  #viewOf(row: BacktestRow): BacktestView {
    const { id, title, createdMs } = row;
    const summary = row.summary === null ? null : Summary.parse(row.summary);
    const job = row.state === 'queued' || row.state === 'running' ? this.#input.jobs.find(id) : undefined;
    return {
      id,
      title,
      createdMs,
      state: job?.state ?? row.state,
      progressRatio: job?.progressRatio ?? (row.state === 'done' ? 1 : 0),
      detail: job?.detail ?? row.detail,
      request: BacktestRequest.parse(row.request),
      setup: summary?.setup ?? null,
      candles: summary?.candles ?? null,
      metrics: summary?.metrics ?? null,
      breakdowns: summary?.breakdowns ?? null,
      proof: summary?.proof ?? null,
      dataHash: summary?.dataHash ?? null,
      resultHash: summary?.resultHash ?? null,
    };
  }
}

/** The timeframes on which strategies trade a market, in their order. */
const timeframesOf = (strategies: readonly CheckedStrategy[], symbol: string): readonly Timeframe[] => [
  ...new Set(strategies.filter(({ symbols }) => symbols.includes(symbol)).map(({ document }) => document.timeframe)),
];

/** The run as a thread takes it: of one strategy, or of several on one account. */
function taskOf(
  request: BacktestRequest,
  strategies: readonly CheckedStrategy[],
  { series, tapes }: { series: readonly GatheredSeries[]; tapes: ReadonlyMap<string, TradeTape> },
): BacktestTask {
  const tapeOf = (symbol: string) => {
    const trades = tapes.get(symbol);
    return trades && { trades };
  };
  const { config, detailTimeframe = null } = request;
  if (request.strategies === undefined) {
    const { document, params } = strategies[0]!;
    const markets = series.map(({ market }) => ({ ...market, ...tapeOf(market.symbol) }));
    return { kind: 'backtest', document, params, timeframe: document.timeframe, detailTimeframe, config, markets };
  }
  const markets = request.markets.flatMap(({ symbol }) => {
    const own = series.filter(({ market }) => market.symbol === symbol);
    const [first] = own;
    if (!first) return [];
    const { candles: _candles, detail: _detail, ...terms } = first.market;
    const columns = own.map(({ timeframe, market }) => ({ timeframe, ...columnsOf(market) }));
    return [{ ...terms, series: columns, ...tapeOf(symbol) }];
  });
  return { kind: 'shared-backtest', strategies, detailTimeframe, config, markets };
}

const columnsOf = ({ candles, detail }: RunMarket) => ({ candles, ...(detail && { detail }) });

const unknown = (id: string): Refusal => refuse('not-found', `there is no backtest "${id}"`);
const invalid = (path: string, message: string): Refusal => invalidAt([{ path, message }]);
