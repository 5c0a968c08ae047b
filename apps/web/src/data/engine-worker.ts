import { createWickClient, describeFailure, tradeCalls, type WickClient } from '@wickworks/client';
import type { BacktestResult } from '@wickworks/contracts';
import {
  assert,
  copyColumns,
  spanOfAll,
  timeSpanOf,
  type Result,
  type SeriesKey,
  type TradeTape,
} from '@wickworks/core';
import {
  IndicatorCache,
  issuesOfFault,
  RunMemory,
  type BacktestFault,
  type BiasProof,
  type Run,
  type RunResult,
  type SharedRun,
  type StrategyDefinition,
} from '@wickworks/engine';
import { CandleLoader, type CandleRange, type LoadedCandles } from './engine-worker-candles.js';
import { differenceOf } from './engine-worker-compare.js';
import { browserRequestOf, readResultFile, requestOf, resultFile, resultOfFile } from './engine-worker-file.js';
import {
  inputOf,
  prepareInput,
  proveInput,
  seriesOf,
  type TestInput,
  type TestSeries,
  type TestTapes,
} from './engine-worker-input.js';
import { packData, pageOf } from './engine-worker-page.js';
import type {
  EngineNews,
  EngineOp,
  TestFault,
  TestProgress,
  TestReport,
  TestRequest,
  Verdict,
} from './engine-worker-protocol.js';
import { reportOf } from './engine-worker-report.js';
import { codeLoader, kindOf, stoppedBy, type LoadedStrategy } from './engine-worker-strategy.js';

/*
 * The engine of the server in a Web Worker: same package, candles fetched once and kept here as columns. Runs are cut
 * into slices, between which messages are read, so that a newer run can take the place of a stale one at any time.
 */

/** Candles between two looks at the message queue: some milliseconds of work. */
const SLICE_CANDLES = { rules: 20_000, code: 1_000 };
/** The proof repeats the run several times: on this many of the newest candles, so that it never takes long. */
const PROOF_CANDLES = { rules: 50_000, code: 5_000 };
/** Trades of one run that a page may carry. */
const TRADES_MAX = 2_000_000;

/** The jail is loaded when the first code comes. */
const loadDocument = codeLoader(async () => (await import('@wickworks/jail')).loadStrategy);

interface Finished {
  readonly request: TestRequest;
  readonly result: RunResult;
  /** Of a run that the server made: candles for pictures, without what decided inside them. */
  readonly series: readonly TestSeries[];
  readonly isFromServer: boolean;
  proof: BiasProof | null;
}

let loader: CandleLoader | undefined;
let client: WickClient | undefined;
let finished: Finished | undefined;
/** Dragging a slider runs over the same candles again and again: only what it changes is calculated anew. */
const loans = { cache: new IndicatorCache(), memory: new RunMemory() };
/** Runs that nobody waits for any more. */
const cancelled = new Set<number>();
/** Runs that wait for candles, and how to stop that. */
const loading = new Map<number, AbortController>();
/** The newest run asked for; what follows the report of an older one is left out. */
let newestRun = 0;

const post = (news: EngineNews, transfer: Transferable[] = []): void => {
  postMessage(news, { transfer });
};
const progress = (id: number, phase: TestProgress['phase'], ratio: number | null, detail = ''): void =>
  post({ kind: 'progress', id, progress: { phase, ratio, detail } });
const fault = (id: number, kind: TestFault['kind'], message: string, issues: TestFault['issues'] = []): void =>
  post({ kind: 'fault', id, fault: { kind, message, issues } });

// A message to ourselves queues behind those that arrived meanwhile.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

addEventListener('message', ({ data }: MessageEvent<EngineOp>) => {
  void receive(data);
});

async function receive(op: EngineOp): Promise<void> {
  switch (op.op) {
    case 'connect':
      client?.close();
      client = createWickClient({ baseUrl: op.baseUrl });
      loader = new CandleLoader(client);
      return;
    case 'cancel':
      cancelled.add(op.id);
      loading.get(op.id)?.abort();
      return;
    case 'run':
      await run(op.id, op.request, op.preview);
      return;
    case 'trade': {
      const trade = finished?.result.trades[op.index];
      if (trade) post({ kind: 'trade', id: op.id, trade });
      else fault(op.id, 'failed', 'There is no such trade.');
      return;
    }
    case 'candles':
      sendCandles(op.id, op.series);
      return;
    case 'export':
      await sendFile(op.id, op.engines);
      return;
    case 'show':
      await showFile(op.id, op.text);
      return;
    case 'verify':
      await verify(op.id, op.text, op.again);
      return;
  }
}

interface Calculated extends Loaded {
  readonly report: TestReport;
  readonly result: RunResult | null;
  readonly input: TestInput;
}

/** What a run is made of, as far as it comes from elsewhere. */
interface Loaded {
  readonly series: readonly TestSeries[];
  readonly tapes: TestTapes;
  readonly isConfirmed: boolean;
}

/** How a run is made. */
interface RunWish {
  readonly preview: boolean;
  /** Only of what the server has said in this session: not of the cache, which would have to be confirmed first. */
  readonly isSure: boolean;
}
/** A run that is compared with another one. */
const TO_COMPARE: RunWish = { preview: false, isSure: true };

/**
 * Compiles, loads and runs, then lets `handle` do something with it while the strategies live, and gives what comes of
 * that. What cancels or fails it has been told when this resolves, with `null` then.
 */
async function withCalculated<T>(
  id: number,
  request: TestRequest,
  wish: RunWish,
  handle: (done: Calculated) => Promise<T> | T,
): Promise<T | null> {
  const strategies: LoadedStrategy[] = [];
  try {
    for (const [at, { document }] of request.strategies.entries()) {
      const strategy = await loadDocument(document);
      if (!strategy.ok) {
        const prefix = request.isShared ? `strategies.${String(at)}.` : '';
        const issues = strategy.error.map(({ path, message }) => ({ path: prefix + path, message }));
        fault(id, 'issues', `${document.name || 'The strategy'} is not sound yet.`, issues);
        return null;
      }
      strategies.push(strategy.value);
    }
    const done = await calculate(id, request, wish, strategies);
    return done === null ? null : await handle(done);
  } catch (error) {
    const reason = stoppedBy(error);
    if (reason === null) throw error;
    fault(id, 'failed', reason);
    return null;
  } finally {
    for (const strategy of strategies) strategy.dispose();
  }
}

/** Loads candles and runs; `null` when it was cancelled or failed, which has been told then. */
async function calculate(
  id: number,
  request: TestRequest,
  { preview, isSure }: RunWish,
  strategies: readonly LoadedStrategy[],
): Promise<Calculated | null> {
  const loaded = await load(id, request, isSure);
  if (loaded === null) return null;
  const definitions = strategies.map(({ definition }) => definition);
  const input = inputOf(request, definitions, loaded);
  const prepared = prepareInput(input, loans);
  if (!prepared.ok) {
    const { message, issues } = describeFault(prepared.error);
    fault(id, issues.length > 0 ? 'issues' : 'failed', message, issues);
    return null;
  }
  const job = prepared.value;
  try {
    return await workThrough(id, job, { preview, request, loaded, definitions, input });
  } finally {
    if ('giveBack' in job) job.giveBack();
  }
}

/** Runs a job that is ready; `null` when it was cancelled. */
async function workThrough(
  id: number,
  job: Run | SharedRun,
  of: {
    readonly preview: boolean;
    readonly request: TestRequest;
    readonly loaded: Loaded;
    readonly definitions: readonly StrategyDefinition[];
    readonly input: TestInput;
  },
): Promise<Calculated | null> {
  const { preview, request, loaded, definitions, input } = of;
  const { series } = loaded;
  let runMs = 0;
  let startedMs = performance.now();
  while (job.advance(SLICE_CANDLES[kindOf(request)]) > 0) {
    runMs += performance.now() - startedMs;
    await breathe();
    if (isCancelled(id)) return null;
    if (!preview) progress(id, 'running', job.progressRatio);
    startedMs = performance.now();
  }
  startedMs = performance.now();
  const draft = job.draft();
  runMs += performance.now() - startedMs;
  const specs = definitions.map(({ params }) => params);
  const shown = { specs, series, runMs, isFromServer: false, proof: null };
  if (preview) return { ...loaded, report: reportOf(draft, { ...shown, hashes: null }), result: null, input };
  progress(id, 'hashing', null);
  await breathe();
  if (isCancelled(id)) return null;
  const result = job.result(draft);
  return { ...loaded, report: reportOf(result, { ...shown, hashes: result }), result, input };
}

async function run(id: number, request: TestRequest, preview: boolean): Promise<void> {
  newestRun = id;
  await withCalculated(id, request, { preview, isSure: false }, (done) => show(id, request, preview, done));
}

/** Posts the report; then, of a whole run, what the server says of its candles and what the proof says of its strategies. */
async function show(
  id: number,
  request: TestRequest,
  preview: boolean,
  { report, result, input, series, isConfirmed }: Calculated,
): Promise<void> {
  post({ kind: 'report', id, report, isConfirmed, isLast: preview });
  if (!result) return;
  finished = { request, result, series, isFromServer: false, proof: null };
  if (!isConfirmed && !(await confirm(id, request, series))) return;
  progress(id, 'proving', null);
  await breathe();
  if (newestRun !== id || isCancelled(id)) return;
  const proof = proveInput(input, PROOF_CANDLES[kindOf(request)]);
  if (finished.result === result) finished.proof = proof;
  post({ kind: 'report', id, report: { ...report, proof }, isConfirmed: true, isLast: true });
}

/** Shows what the server has run, with its candles for the pictures. */
async function showFile(id: number, text: string): Promise<void> {
  newestRun = id;
  const read = readResultFile(text);
  const request: Result<TestRequest, TestFault> = read.ok ? requestOf(read.value) : read;
  if (!read.ok || !request.ok) {
    if (!request.ok) post({ kind: 'fault', id, fault: request.error });
    return;
  }
  const loaded = await load(id, { ...request.value, detailTimeframe: null, detailTrades: false }, false);
  if (loaded === null) return;
  const { series, isConfirmed } = loaded;
  const { proof } = read.value;
  const result = resultOfFile(read.value);
  finished = { request: request.value, result, series, isFromServer: true, proof };
  const report = reportOf(result, { specs: [], series, runMs: null, isFromServer: true, hashes: result, proof });
  // Figures and fills are the server's own; only what is drawn below them may come from this browser's cache.
  if (isConfirmed || (await confirm(id, request.value, series)))
    post({ kind: 'report', id, report, isConfirmed: true, isLast: true });
}

/** Candles of the cache were used: asks the server whether they are still the right ones. */
async function confirm(id: number, request: TestRequest, series: readonly TestSeries[]): Promise<boolean> {
  assert(loader, 'connected');
  const { detailTimeframe } = request;
  const wanted = seriesOf(request);
  const shown = series.flatMap(({ exchange, symbol, timeframe, candles, detail }, at) => [
    { key: { exchange, symbol, timeframe }, candles, range: wanted[at]! },
    ...(detail && detailTimeframe
      ? [
          {
            key: { exchange, symbol, timeframe: detailTimeframe },
            candles: detail,
            range: timeSpanOf(candles, timeframe),
          },
        ]
      : []),
  ]);
  for (const { key, candles, range } of shown) {
    progress(id, 'loading', null, `Confirming ${key.symbol} with the server`);
    const answer = await loader.confirm(key, range, candles);
    if (newestRun !== id || isCancelled(id)) return false;
    if (!answer.ok) {
      fault(id, 'unreachable', `The candles could not be confirmed: ${answer.error}`);
      return false;
    }
    if (answer.value === 'changed') {
      post({ kind: 'candles-changed', id });
      return false;
    }
  }
  return true;
}

async function load(id: number, request: TestRequest, isSure: boolean): Promise<Loaded | null> {
  const { detailTimeframe } = request;
  const series: TestSeries[] = [];
  let isConfirmed = true;
  for (const { hasDetail, fromMs, toMs, ...key } of seriesOf(request)) {
    const own = await loadOne(id, key, { fromMs, toMs, isSure });
    if (own === null) return null;
    isConfirmed &&= own.isConfirmed;
    const { candles } = own;
    if (!hasDetail || detailTimeframe === null) {
      series.push({ ...key, candles });
      continue;
    }
    // To the close of the last candle, wherever toMs lies in it: what is outside decides nothing.
    const span = timeSpanOf(candles, key.timeframe);
    const detail = await loadOne(id, { ...key, timeframe: detailTimeframe }, { ...span, isSure });
    if (detail === null) return null;
    isConfirmed &&= detail.isConfirmed;
    series.push({ ...key, candles, detail: detail.candles });
  }
  const tapes = request.detailTrades ? await loadTapes(id, series) : new Map<string, TradeTape>();
  return tapes === null ? null : { series, tapes, isConfirmed };
}

/** For a page, the stored trades of the time of all candles of each market; `null` as {@link loadOne} has it. */
async function loadTapes(id: number, series: readonly TestSeries[]): Promise<TestTapes | null> {
  assert(client, 'connected');
  const tapes = new Map<string, TradeTape>();
  let left = TRADES_MAX;
  for (const { exchange, symbol } of new Map(series.map((one) => [one.symbol, one])).values()) {
    const own = series.filter((one) => one.symbol === symbol);
    const span = spanOfAll(own.map(({ candles, timeframe }) => timeSpanOf(candles, timeframe)));
    const stop = new AbortController();
    loading.set(id, stop);
    const read = await tradeCalls(client.rest).tape({ exchange, symbol }, span, {
      signal: stop.signal,
      tradesMax: left,
      onProgress: (count) => progress(id, 'loading', null, `${symbol}: ${String(count)} trades from ${exchange}`),
    });
    loading.delete(id);
    if (isCancelled(id)) return null;
    if (!read.ok) {
      const why = `The trades of ${symbol} could not be put into a page: ${describeFailure(read.error)}`;
      fault(id, 'unreachable', `${why}. Share the result file instead.`);
      return null;
    }
    const { trades, covered } = read.value;
    left -= trades.length;
    tapes.set(symbol, { trades, covered });
  }
  return tapes;
}

/** The candles of one series; `null` when there are none or nobody waits any more, which has been told then. */
async function loadOne(
  id: number,
  key: SeriesKey,
  { isSure, ...range }: CandleRange & { readonly isSure: boolean },
): Promise<LoadedCandles | null> {
  assert(loader, 'connected');
  const { exchange, symbol, timeframe } = key;
  const stop = new AbortController();
  loading.set(id, stop);
  const onProgress = (ratio: number): void => {
    if (!cancelled.has(id)) progress(id, 'loading', ratio, `${symbol} ${timeframe} from ${exchange}`);
  };
  const loaded = await loader.load(key, range, { onProgress, signal: stop.signal, isSure });
  loading.delete(id);
  if (isCancelled(id)) return null;
  if (!loaded.ok) {
    fault(id, 'unreachable', `${symbol}: ${loaded.error}`);
    return null;
  }
  if (loaded.value.candles.length > 0) return loaded.value;
  fault(id, 'no-candles', `${exchange} has no candles of ${symbol} ${timeframe} in this range.`);
  return null;
}

function isCancelled(id: number): boolean {
  if (!cancelled.delete(id)) return false;
  fault(id, 'cancelled', 'Cancelled.');
  return true;
}

function sendCandles(id: number, series: number): void {
  const candles = finished?.series[series]?.candles;
  if (!candles) {
    fault(id, 'failed', 'There are no such candles.');
    return;
  }
  const { time, open, high, low, close, volume } = copyColumns(candles);
  const columns = { time, open, high, low, close, volume };
  post(
    { kind: 'candles', id, candles: columns },
    Object.values(columns).map(({ buffer }) => buffer),
  );
}

async function sendFile(id: number, engines: { rules: string; code: string } | null): Promise<void> {
  if (!finished) {
    fault(id, 'failed', 'Nothing has been run yet.');
    return;
  }
  const { result, proof, request } = finished;
  const file = resultFile(result, proof);
  const stem = `${result.setup.markets.map(({ symbol }) => symbol).join(' ')} ${result.resultHash.slice(0, 8)}`;
  const send = (blob: Blob, kind: string): void => post({ kind: 'file', id, blob, name: `backtest ${stem}.${kind}` });
  if (engines === null) {
    send(new Blob([JSON.stringify(file)], { type: 'application/json' }), 'json');
    return;
  }
  const data = finished.isFromServer
    ? await dataOf(id, request, file)
    : { series: finished.series, tapes: new Map<string, TradeTape>() };
  if (data === null) return;
  const packed = packData(data.series, data.tapes);
  if (!packed.ok) {
    const size = `${String(packed.error)} MB of candles and trades are more than a page should carry`;
    fault(id, 'failed', `${size}: share the result file instead, or test a shorter range.`);
    return;
  }
  const answer = await fetch(engines[kindOf(request)]).catch(() => null);
  if (answer?.ok !== true) fault(id, 'unreachable', 'The engine for the page could not be loaded from the server.');
  else send(pageOf(file, packed.value, await answer.text()), 'html');
}

/**
 * What a run of the server was made of, once it has given the same here: nobody is handed a page that cannot verify
 * itself. `null` otherwise, which has been told then.
 */
const dataOf = (
  id: number,
  request: TestRequest,
  file: BacktestResult,
): Promise<Pick<Loaded, 'series' | 'tapes'> | null> =>
  withCalculated(id, request, TO_COMPARE, ({ result, series, tapes }) => {
    const verdict = result && verdictOf(file, result);
    if (verdict?.same === true) return { series, tapes };
    fault(id, 'failed', `A page of this run could not verify itself. ${verdict?.text ?? ''}`);
    return null;
  });

async function verify(id: number, file: string, again: string | null): Promise<void> {
  const read = readResultFile(file);
  if (!read.ok) {
    post({ kind: 'fault', id, fault: read.error });
    return;
  }
  if (again !== null) {
    const made = readResultFile(again);
    if (made.ok) post({ kind: 'verdict', id, verdict: verdictOf(read.value, resultOfFile(made.value)) });
    else post({ kind: 'fault', id, fault: made.error });
    return;
  }
  const request = browserRequestOf(read.value);
  if (!request.ok) {
    post({ kind: 'fault', id, fault: request.error });
    return;
  }
  await withCalculated(id, request.value, TO_COMPARE, ({ result }) => {
    if (result) post({ kind: 'verdict', id, verdict: verdictOf(read.value, result) });
  });
}

/** Whether a file says what its run gives. */
function verdictOf(file: BacktestResult, again: RunResult): Verdict {
  const claimed = { dataHash: file.dataHash, resultHash: file.resultHash };
  const found = { dataHash: again.dataHash, resultHash: again.resultHash };
  const said = (same: boolean, text: string): Verdict => ({ same, text, claimed, found });
  if (claimed.dataHash !== found.dataHash)
    return said(false, 'The candles or trades on this server differ from those the result was made of.');
  if (claimed.resultHash !== found.resultHash)
    return said(
      false,
      'The data is the same, but the result is another one: the file was changed, or made by another engine.',
    );
  const changed = differenceOf(file, again);
  return changed === null
    ? said(true, 'Run again here: every fill, every figure and every point of the equity curve is the same.')
    : said(false, `The fills are the same, but ${changed} is not what the run gives: the file was changed.`);
}

function describeFault(given: BacktestFault): { message: string; issues: TestFault['issues'] } {
  switch (given.kind) {
    case 'no-candles':
      return { message: `There are no candles of ${given.symbol} in this range.`, issues: [] };
    case 'bad-params':
      return { message: 'A parameter is out of its range.', issues: [...issuesOfFault(given)] };
    default:
      return { message: 'This cannot be run.', issues: [...issuesOfFault(given)] };
  }
}
