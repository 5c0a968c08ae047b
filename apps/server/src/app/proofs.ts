import { randomUUID } from 'node:crypto';
import {
  BacktestConfig,
  BiasCheck,
  ProofData,
  AnyStrategyDocument,
  isRules,
  type JobView,
  type StrategyProofView,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { CandleStore, ProofRow, StrategyStores } from '@wickworks/db';
import * as z from 'zod';
import type { BacktestPool } from '../jobs/backtest-pool.js';
import type { JobBoard, JobControl, JobWork, ResumeJob } from '../jobs/job-board.js';
import type { Refusal } from '../wire/problem.js';
import type { DocumentCheck } from './document-check.js';
import { findProofCandles, symbolsOf } from './proof-candles.js';
import { unknownStrategy, unknownVersion, type StrategyKey } from './strategies.js';

/** What the job board calls this kind of work. */
export const PROOF_JOB = 'proof';

/** Candles of a proof when as many are stored: it runs the strategy some ten times over them. */
const CANDLES = 20_000;
const CANDLES_OF_CODE = 3_000;
/** A proof starts the data later, up to its middle, and must warm up from there. */
const CANDLES_BESIDES_WARMUPS = 200;
const TIME_MAX_MS = 120_000;

const ProofRequest = z.object({ strategyId: z.string(), version: z.int().positive() });
const Checks = z.array(BiasCheck);
/** With shorts allowed, rules for them are tried too. */
const CONFIG = { ...BacktestConfig.parse({}), shorting: true };

export interface ProofsInput {
  readonly stores: StrategyStores;
  readonly candles: CandleStore;
  readonly jobs: JobBoard;
  readonly check: DocumentCheck;
  readonly pool: BacktestPool;
  readonly nowMs: () => number;
}

/** A version of a strategy to be proved. */
interface Subject {
  readonly strategyId: string;
  readonly version: number;
  readonly document: AnyStrategyDocument;
}

/** The bias proof of saved strategies: made in the background after each save, kept with the version. */
export class Proofs {
  readonly #input: ProofsInput;
  /** The job that proves the newest version of a strategy. */
  readonly #newest = new Map<string, { readonly jobId: string; readonly version: number }>();

  constructor(input: ProofsInput) {
    this.#input = input;
  }

  /** What is known of a version, of the newest when none is named. */
  async find(key: StrategyKey, version?: number): Promise<Result<StrategyProofView, Refusal>> {
    const subject = await this.#subject(key, version);
    if (!subject.ok) return subject;
    const { strategyId, version: found } = subject.value;
    const row = await this.#input.stores.proofs.find(strategyId, found);
    if (row) return ok(viewOf(row));
    const data = { data: null, checks: [], culprit: null, jobId: null };
    return ok({ strategyId, version: found, state: 'none', detail: 'not proved yet', ...data, updatedMs: 0 });
  }

  /** Proves a version (the newest when none is named) over the candles that are stored now. */
  async start(key: StrategyKey, version?: number): Promise<Result<JobView, Refusal>> {
    const subject = await this.#subject(key, version);
    return subject.ok ? ok(await this.begin(key.ownerId, subject.value)) : subject;
  }

  /** Starts the proof of a version just saved; that of an older version, which nobody waits for any more, is ended. */
  async begin(owner: string, subject: Subject): Promise<JobView> {
    const { stores, jobs, nowMs } = this.#input;
    const { strategyId, version, document } = subject;
    const jobId = randomUUID();
    const fresh = { data: null, checks: null, updatedMs: nowMs() };
    await stores.proofs.put({ strategyId, version, jobId, state: 'queued', detail: 'waits for its turn', ...fresh });
    this.#supersede(subject, jobId);
    const title = `bias proof of ${document.name}, version ${String(version)}`;
    const origin = { owner, id: jobId, request: { strategyId, version } };
    return jobs.start(PROOF_JOB, title, this.#workOf(jobId, subject), origin);
  }

  /** Ends the proof of a strategy that is deleted. */
  forget(strategyId: string): void {
    const known = this.#newest.get(strategyId);
    if (known) this.#input.jobs.cancel(known.jobId);
    this.#newest.delete(strategyId);
  }

  /** Takes up a proof that the end of a process broke off. */
  readonly resume: ResumeJob = async ({ id, ownerId, request }) => {
    const parsed = ProofRequest.safeParse(request);
    if (!parsed.success) return err('what was asked for cannot be read');
    const { strategyId, version } = parsed.data;
    const subject = await this.#subject({ id: strategyId, ownerId }, version);
    if (!subject.ok) return err(subject.error.detail);
    this.#supersede(subject.value, id);
    return ok(this.#workOf(id, subject.value));
  };

  #supersede({ strategyId, version }: Subject, jobId: string): void {
    const known = this.#newest.get(strategyId);
    if (known && known.version > version) return;
    if (known) this.#input.jobs.cancel(known.jobId);
    this.#newest.set(strategyId, { jobId, version });
  }

  async #subject(key: StrategyKey, version?: number): Promise<Result<Subject, Refusal>> {
    const { strategies } = this.#input.stores;
    const strategy = await strategies.find(key);
    if (!strategy) return err(unknownStrategy(key.id));
    const wanted = version ?? strategy.version;
    const row = (await strategies.versions(key.id)).find((saved) => saved.version === wanted);
    if (!row) return err(unknownVersion(key.id, wanted));
    return ok({ strategyId: key.id, version: wanted, document: AnyStrategyDocument.parse(row.document) });
  }

  #workOf(jobId: string, subject: Subject): JobWork {
    const { stores, nowMs } = this.#input;
    const note = (change: Partial<Pick<ProofRow, 'state' | 'detail' | 'data' | 'checks'>>): Promise<void> =>
      stores.proofs.update(jobId, { ...change, updatedMs: nowMs() });
    return async (control) => {
      const found = await this.#prove(subject, control, note).catch(async (error: unknown) => {
        await note({ state: 'error', detail: 'an internal error; the log says more' });
        throw error;
      });
      if (found.state !== 'error') {
        await note(found);
        return found.detail;
      }
      // Broken off by the end of the process it stays as it is; the next one takes it up.
      if (!control.isInterrupted())
        await note(control.signal.aborted ? { state: 'cancelled', detail: 'cancelled' } : found);
      return { failed: found.detail };
    };
  }

  async #prove(
    { document }: Subject,
    control: JobControl,
    note: (change: Partial<Pick<ProofRow, 'state' | 'detail' | 'data'>>) => Promise<void>,
  ): Promise<Pick<ProofRow, 'detail' | 'checks'> & { state: 'passed' | 'failed' | 'no-data' | 'error' }> {
    const { candles, check, pool } = this.#input;
    const failed = (detail: string) => ({ state: 'error', detail, checks: null }) as const;
    const declared = await check.declaration(document);
    if (!declared.ok) return failed(declared.error.map(({ path, message }) => `${path}: ${message}`).join('; '));
    const { parseParamValues } = await import('@wickworks/engine');
    const params = parseParamValues(declared.value.params, {});
    if (!params.ok) return failed(params.error.map(({ field, message }) => `params.${field}: ${message}`).join('; '));
    const least = 2 * declared.value.warmup + CANDLES_BESIDES_WARMUPS;
    const symbols = isRules(document) ? symbolsOf(document) : [];
    const wish = { symbols, timeframe: document.timeframe, least };
    const most = isRules(document) ? CANDLES : CANDLES_OF_CODE;
    control.waits(true);
    const gathered = await findProofCandles(candles, { ...wish, candles: Math.max(most, 2 * least) });
    if (!gathered.ok) return { state: 'no-data', detail: gathered.error, checks: null };
    const { markets, data } = gathered.value;
    await note({ data });
    const { timeframe } = document;
    const outcome = await pool.run(
      { kind: 'proof', document, params: params.value, timeframe, detailTimeframe: null, config: CONFIG, markets },
      {
        signal: control.signal,
        isBackground: true,
        timeMaxMs: TIME_MAX_MS,
        started: () => {
          control.waits(false);
          // How it ends is noted again: a store that fails shows there.
          note({ state: 'running', detail: 'looking for bias' }).catch(() => undefined);
        },
        progress: () => undefined,
      },
    );
    if (outcome.kind === 'failed') return failed(outcome.reason);
    if (outcome.kind !== 'proven') return failed('cancelled');
    const { passed, checks } = outcome.proof;
    const faults = checks.filter((check) => !check.passed).map(({ detail }) => detail);
    const passedText = `neither looks ahead nor warms up too briefly over ${String(data.candles)} candles`;
    return { state: passed ? 'passed' : 'failed', detail: passed ? passedText : faults.join('; '), checks };
  }
}

function viewOf(row: ProofRow): StrategyProofView {
  const checks = row.checks === null ? [] : Checks.parse(row.checks);
  const culprit = checks.find(({ passed }) => !passed)?.culprit ?? null;
  const data = row.data === null ? null : ProofData.parse(row.data);
  const { strategyId, version, state, jobId, detail, updatedMs } = row;
  return { strategyId, version, state, jobId, culprit, detail, data, checks, updatedMs };
}
