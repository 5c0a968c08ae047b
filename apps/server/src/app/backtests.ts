import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  BacktestRequest,
  BacktestSetup,
  BacktestResult,
  BiasProof,
  Breakdowns,
  MetricValues,
  AnyStrategyDocument,
  isRules,
  issuesOf,
  type BacktestView,
  type JobView,
  type ProblemIssue,
} from '@wickworks/contracts';
import {
  candlesBetween,
  err,
  ok,
  openTimeAt,
  seriesId,
  shiftOpenTime,
  type Result,
  type SeriesKey,
  type Timeframe,
} from '@wickworks/core';
import type { BacktestRow, CandleStore, StrategyStores } from '@wickworks/db';
import type { RunMarket } from '@wickworks/engine';
import * as z from 'zod';
import type { Feed, HubLease } from '../feed/feed.js';
import type { BacktestPool } from '../jobs/backtest-pool.js';
import { plain } from '../jobs/backtest-task.js';
import type { JobBoard, JobControl } from '../jobs/job-board.js';
import { refusalOfFailure, refuse, type Refusal } from '../wire/problem.js';
import type { DocumentCheck } from './document-check.js';
import { listStrategyExamples, unsound, type Strategies } from './strategies.js';

/** Candles of a run whose request names no beginning. */
const DEFAULT_CANDLES = 20_000;
/** Candles of one market at most: two years of minutes. */
const CANDLES_MAX = 1_100_000;
const PAGE_CANDLES = 5_000;
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
  readonly jobs: JobBoard;
  readonly pool: BacktestPool;
  readonly nowMs: () => number;
}

/** One market of a run, held open while its candles are gathered. */
interface Wanted {
  readonly key: SeriesKey;
  readonly lease: HubLease;
  readonly detail: HubLease | null;
  readonly rules: Omit<RunMarket, 'exchange' | 'symbol' | 'candles' | 'detail'>;
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
    const { document } = checked.value;
    const wanted = await this.#acquire(request, document.timeframe);
    if (!wanted.ok) return wanted;
    const { stores, jobs, nowMs } = this.#input;
    const id = randomUUID();
    const title = request.title ?? `${document.name}, ${request.markets.map(({ symbol }) => symbol).join(', ')}`;
    await stores.backtests.add({ id, ownerId, title, createdMs: nowMs(), request });
    const work = async (control: JobControl): Promise<string | { failed: string }> => {
      const ended = await this.#work(id, request, { ...checked.value, wanted: wanted.value }, control).catch(
        async (error: unknown) => {
          await stores.backtests.update(id, { state: 'failed', detail: 'an internal error; the log says more' });
          throw error;
        },
      );
      // Broken off by the end of the process it is left as it is: the next process tells that it failed.
      if (control.isInterrupted()) return ended;
      if (control.signal.aborted) await stores.backtests.update(id, { state: 'cancelled', detail: 'cancelled' });
      else if (typeof ended !== 'string') await stores.backtests.update(id, { state: 'failed', detail: ended.failed });
      return ended;
    };
    return ok(await jobs.start('backtest', title, work, { owner: ownerId, id }));
  }

  async #check(
    ownerId: string,
    request: BacktestRequest,
  ): Promise<
    Result<{ document: AnyStrategyDocument; params: Readonly<Record<string, number | string | boolean>> }, Refusal>
  > {
    const found = await this.#documentOf(ownerId, request);
    if (!found.ok) return found;
    const document = request.timeframe === undefined ? found.value : { ...found.value, timeframe: request.timeframe };
    const declared = await this.#input.check.declaration(document);
    if (!declared.ok) return err(unsound(declared.error, 'strategy.document'));
    const { faultOfWish, issuesOfFault, parseParamValues } = await import('@wickworks/engine');
    const params = parseParamValues(declared.value.params, request.params);
    if (!params.ok)
      return err(invalidAt(params.error.map(({ field, message }) => ({ path: `params.${field}`, message }))));
    const { fromMs, toMs } = request;
    if (fromMs !== undefined && toMs !== undefined && toMs <= fromMs)
      return err(invalid('toMs', 'must be later than fromMs'));
    const pairs = new Set(request.markets.map(({ symbol }) => symbol));
    if (pairs.size < request.markets.length) return err(invalid('markets', 'each symbol at most once'));
    const { config, detailTimeframe = null } = request;
    const wish = { symbols: [...pairs], timeframe: document.timeframe, detailTimeframe, config };
    const fault = faultOfWish({ ...wish, needs: declared.value.needs });
    if (fault) return err(invalidAt(issuesOfFault(fault)));
    return ok({ document, params: params.value });
  }

  async #documentOf(ownerId: string, { strategy }: BacktestRequest): Promise<Result<AnyStrategyDocument, Refusal>> {
    if (strategy === undefined) return err(invalid('strategies', 'this server runs one strategy at a time'));
    if ('id' in strategy) return this.#input.strategies.document({ id: strategy.id, ownerId }, strategy.version);
    if ('example' in strategy) {
      const examples = await listStrategyExamples();
      const example = examples.find(({ id }) => id === strategy.example);
      const known = examples.map(({ id }) => id).join(', ');
      return example
        ? ok(example.document)
        : err(refuse('unknown-strategy', `there is no example "${strategy.example}"; there are ${known}`));
    }
    const parsed = AnyStrategyDocument.safeParse(strategy.document);
    if (parsed.success) return ok(parsed.data);
    return err(unsound(issuesOf(parsed.error), 'strategy.document'));
  }

  /** Leases of every series the run needs; all or none. */
  async #acquire(request: BacktestRequest, timeframe: Timeframe): Promise<Result<Wanted[], Refusal>> {
    const wanted: Wanted[] = [];
    const give = (refusal: Refusal): Result<never, Refusal> => {
      for (const { lease, detail } of wanted) {
        lease.release();
        detail?.release();
      }
      return err(refusal);
    };
    for (const { exchange, symbol, ...terms } of request.markets) {
      const key = { exchange, symbol, timeframe };
      const lease = await this.#input.feed.acquire(key);
      if (!lease.ok) return give(lease.error);
      const { detailTimeframe } = request;
      const detail =
        detailTimeframe === undefined ? null : await this.#input.feed.acquire({ ...key, timeframe: detailTimeframe });
      if (detail && !detail.ok) {
        lease.value.release();
        return give(detail.error);
      }
      const markets = await this.#input.feed.exchanges.get(exchange)!.markets();
      const market = markets.ok ? markets.value.get(symbol) : undefined;
      wanted.push({
        key,
        lease: lease.value,
        detail: detail ? detail.value : null,
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
    given: {
      document: AnyStrategyDocument;
      params: Readonly<Record<string, number | string | boolean>>;
      wanted: readonly Wanted[];
    },
    control: JobControl,
  ): Promise<string | { failed: string }> {
    const { stores, pool } = this.#input;
    const { document, params, wanted } = given;
    const markets: RunMarket[] = [];
    try {
      for (const [index, market] of wanted.entries()) {
        const share = (ratio: number): number => (0.5 * (index + ratio)) / wanted.length;
        const gathered = await this.#gather(market, request, control, (ratio, detail) =>
          control.progress(share(ratio), detail),
        );
        if (!gathered.ok) return { failed: gathered.error };
        markets.push(gathered.value);
      }
    } finally {
      for (const { lease, detail } of wanted) {
        lease.release();
        detail?.release();
      }
    }
    if (control.signal.aborted) return { failed: 'cancelled' };
    control.waits(true);
    const outcome = await pool.run(
      {
        kind: 'backtest',
        document,
        params,
        timeframe: document.timeframe,
        detailTimeframe: request.detailTimeframe ?? null,
        config: request.config,
        markets,
      },
      {
        signal: control.signal,
        ...(!isRules(document) && { timeMaxMs: CODE_TIME_MAX_MS }),
        started: () => {
          control.waits(false);
          void stores.backtests.update(id, { state: 'running' });
        },
        progress: (ratio) => control.progress(0.5 + ratio / 2, ratio < 1 ? 'running' : 'looking for bias'),
      },
    );
    if (outcome.kind === 'failed') return { failed: outcome.reason };
    if (outcome.kind !== 'done') return { failed: 'cancelled' };
    const { summary, result } = outcome;
    await stores.backtests.update(id, { state: 'done', detail: '', summary, result: Buffer.from(result) });
    return `${summary.candles} candles, ${String(summary.metrics['roundTrips'] ?? 0)} trades`;
  }

  /** The candles of one market, fetched where the store lacks them. */
  async #gather(
    { key, lease, detail, rules }: Wanted,
    request: BacktestRequest,
    control: JobControl,
    progress: (ratio: number, detail: string) => void,
  ): Promise<Result<RunMarket, string>> {
    const untilMs = Math.min(request.toMs ?? Infinity, lease.hub.presentMs);
    const fromMs = openTimeAt(key.timeframe, request.fromMs ?? shiftOpenTime(key.timeframe, untilMs, -DEFAULT_CANDLES));
    for (const { hub } of detail ? [lease, detail] : [lease]) {
      const { timeframe } = hub.key;
      if (candlesBetween(timeframe, fromMs, untilMs) > CANDLES_MAX)
        return err(
          `${seriesId(hub.key)}: more than ${CANDLES_MAX} candles; choose a shorter range or a longer timeframe`,
        );
      let reachedMs = untilMs;
      while (reachedMs > fromMs && !control.signal.aborted) {
        const page = await hub.history(reachedMs, PAGE_CANDLES);
        if (!page.ok) return err(refusalOfFailure(page.error).detail);
        const { candles, complete } = page.value;
        if (complete || candles.length === 0) break;
        reachedMs = candles.time[0]!;
        progress((untilMs - reachedMs) / (untilMs - fromMs), `gathering candles of ${seriesId(hub.key)}`);
      }
    }
    const candles = await this.#input.candles.read(key, fromMs, untilMs);
    if (candles.length === 0) return err(`${seriesId(key)} has no candles between fromMs and toMs`);
    const fine = detail ? await this.#input.candles.read(detail.hub.key, fromMs, untilMs) : null;
    const { exchange, symbol } = key;
    return ok({ exchange, symbol, ...rules, candles: plain(candles), ...(fine ? { detail: plain(fine) } : {}) });
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

const unknown = (id: string): Refusal => refuse('not-found', `there is no backtest "${id}"`);
const invalidAt = (issues: readonly ProblemIssue[]): Refusal =>
  refuse('invalid-field', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), issues);
const invalid = (path: string, message: string): Refusal => invalidAt([{ path, message }]);
