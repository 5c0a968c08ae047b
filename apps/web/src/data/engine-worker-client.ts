import type { RunTrade } from '@wickworks/engine';
import codeVerifierUrl from './engine-worker-verifier-code.ts?worker&url';
import verifierUrl from './engine-worker-verifier.ts?worker&url';
import type {
  CandleTransfer,
  EngineNews,
  EngineOp,
  TestFault,
  TestProgress,
  TestReport,
  TestRequest,
  Verdict,
} from './engine-worker-protocol.js';

/** What the page shows of its backtests right now. */
export interface TestState {
  /** The newest report, though perhaps of an older request while a newer one is worked on. */
  readonly report: TestReport | null;
  readonly isConfirmed: boolean;
  /** Of the run under way; `null` when idle. */
  readonly progress: TestProgress | null;
  readonly fault: TestFault | null;
}

/** The part of a Worker that is used here. */
interface WorkerLike {
  postMessage(message: EngineOp): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<EngineNews>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** A stale run is let to its end when nothing was shown for this long: a moving slider must not starve the picture. */
const SHOW_AFTER_MS = 300;

/** Scripts of pages that verify themselves. */
const ENGINES = { rules: verifierUrl, code: codeVerifierUrl };

type Answer = Extract<EngineNews, { kind: 'trade' | 'candles' | 'file' | 'verdict' }>;
interface Asked {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: TestFault) => void;
}

/** What is to be shown: a run of our own, or (`text`) one that the server has made. */
interface Wanted {
  readonly work: { readonly request: TestRequest } | { readonly text: string };
  readonly preview: boolean;
}

/** An `Error` around a {@link TestFault}, as promises want it. */
export class TestError extends Error {
  override readonly name = 'TestError';
  readonly fault: TestFault;
  constructor(fault: TestFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/**
 * The page's side of the engine worker. Runs are latest-wins: while one is under way only the newest request waits, and
 * requests are sent once per animation frame at most. One per testing page; {@link close} ends the worker.
 */
export class EngineClient {
  readonly #worker: WorkerLike;
  readonly #listeners = new Set<() => void>();
  readonly #asked = new Map<number, Asked>();
  #state: TestState = { report: null, isConfirmed: true, progress: null, fault: null };
  #lastId = 0;
  /** Under way until its first report; confirmation and proof follow as long as nothing newer was asked for. */
  #running: { preview: boolean; isStale: boolean } | null = null;
  #newest: (Wanted & { id: number }) | null = null;
  #waiting: Wanted | null = null;
  #frame: number | undefined;
  #shownMs = 0;

  constructor(baseUrl: string, worker: WorkerLike = startWorker()) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = ({ message }) =>
      this.#set({ progress: null, fault: { kind: 'failed', message: message || 'The engine stopped.', issues: [] } });
    worker.postMessage({ op: 'connect', baseUrl });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly snapshot = (): TestState => this.#state;

  /** Runs `request` as soon as possible; `preview` leaves out hashes and proof while a slider is on the move. */
  run(request: TestRequest, options: { preview: boolean }): void {
    this.#want({ work: { request }, preview: options.preview });
  }

  /** Shows a result of the server, as `GET /backtests/:id/result` gives it. */
  show(text: string): void {
    this.#want({ work: { text }, preview: false });
  }

  #want(wanted: Wanted): void {
    this.#waiting = wanted;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#next();
    });
  }

  /** Stops what is under way; the last report stays as far as it is: perhaps unconfirmed, perhaps unproved. */
  cancel(): void {
    this.#waiting = null;
    this.#cancelNewest();
    if (this.#running || !this.#state.progress) return;
    // The report is there, and what still follows cannot always be broken off: nobody listens to it any more.
    this.#newest = null;
    this.#set({ progress: null });
  }

  /** One trade of the report with everything that explains it. */
  async trade(index: number): Promise<RunTrade> {
    const answer = await this.#ask((id) => ({ op: 'trade', id, index }));
    if (answer.kind !== 'trade') throw new Error('answers belong to their questions');
    return answer.trade;
  }

  /** Candles number `series` of those the report names. */
  async candles(series: number): Promise<CandleTransfer> {
    const answer = await this.#ask((id) => ({ op: 'candles', id, series }));
    if (answer.kind !== 'candles') throw new Error('answers belong to their questions');
    return answer.candles;
  }

  /** The last run as a file: JSON for `wick verify`, or a page that holds candles and engine and verifies itself. */
  async file(form: 'json' | 'html'): Promise<{ blob: Blob; name: string }> {
    const answer = await this.#ask((id) => ({ op: 'export', id, engines: form === 'html' ? ENGINES : null }));
    if (answer.kind !== 'file') throw new Error('answers belong to their questions');
    return answer;
  }

  /**
   * Runs a result file again and compares; or compares it with `again`, the result that the server made of it. Rejects
   * with `needs-server` when only the server can run it.
   */
  async verify(text: string, again: string | null = null): Promise<Verdict> {
    const answer = await this.#ask((id) => ({ op: 'verify', id, text, again }));
    if (answer.kind !== 'verdict') throw new Error('answers belong to their questions');
    return answer.verdict;
  }

  close(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#worker.terminate();
    for (const { reject } of this.#asked.values()) reject({ kind: 'cancelled', message: 'Closed.', issues: [] });
    this.#asked.clear();
  }

  #ask(op: (id: number) => EngineOp): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise<Answer>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject: (fault) => reject(new TestError(fault)) });
      this.#worker.postMessage(op(id));
    });
  }

  #next(): void {
    if (!this.#waiting) return;
    if (this.#running) {
      const isFresh = performance.now() - this.#shownMs < SHOW_AFTER_MS;
      if (!this.#running.isStale && (isFresh || !this.#running.preview)) {
        this.#running.isStale = true;
        this.#cancelNewest();
      }
      return;
    }
    const id = ++this.#lastId;
    const { work, preview } = this.#waiting;
    this.#running = { preview, isStale: false };
    this.#newest = { id, work, preview };
    this.#waiting = null;
    this.#worker.postMessage(
      'text' in work ? { op: 'show', id, text: work.text } : { op: 'run', id, preview, ...work },
    );
    if (!preview) this.#set({ progress: { phase: 'running', ratio: null, detail: '' }, fault: null });
  }

  #cancelNewest(): void {
    if (this.#newest) this.#worker.postMessage({ op: 'cancel', id: this.#newest.id });
  }

  #receive(news: EngineNews): void {
    const asked = this.#asked.get(news.id);
    if (asked && news.kind !== 'progress') {
      this.#asked.delete(news.id);
      if (news.kind === 'fault') asked.reject(news.fault);
      else if (news.kind !== 'report' && news.kind !== 'candles-changed') asked.resolve(news);
      return;
    }
    if (news.id !== this.#newest?.id) return;
    switch (news.kind) {
      case 'progress':
        if (!this.#newest.preview) this.#set({ progress: news.progress });
        return;
      case 'report':
        this.#shownMs = performance.now();
        this.#set({
          report: news.report,
          isConfirmed: news.isConfirmed,
          fault: null,
          ...(news.isLast && { progress: null }),
        });
        this.#ended();
        return;
      case 'fault':
        this.#set({ progress: null, ...(news.fault.kind !== 'cancelled' && { fault: news.fault }) });
        this.#ended();
        return;
      case 'candles-changed':
        this.#waiting ??= this.#newest;
        this.#ended();
        return;
      case 'trade':
      case 'candles':
      case 'file':
      case 'verdict':
        return;
    }
  }

  #ended(): void {
    this.#running = null;
    this.#next();
  }

  #set(change: Partial<TestState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'engine' });
