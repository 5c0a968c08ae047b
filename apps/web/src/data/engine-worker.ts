import { createWickClient, type WickClient } from '@wickworks/client';
import { assert, type CandleColumns, type Result } from '@wickworks/core';
import {
  compileStrategy,
  issuesOfFault,
  prepareRun,
  proveStrategy,
  type BacktestFault,
  type RunInput,
  type RunMarket,
  type RunResult,
} from '@wickworks/engine';
import { CandleLoader } from './engine-worker-candles.js';
import { readResultFile, requestOf, resultFile } from './engine-worker-file.js';
import { pageOf } from './engine-worker-page.js';
import type {
  BiasReport,
  EngineNews,
  EngineOp,
  TestFault,
  TestProgress,
  TestReport,
  TestRequest,
} from './engine-worker-protocol.js';
import { reportOf } from './engine-worker-report.js';

/*
 * The engine of the server in a Web Worker: same package, candles fetched once and kept here as columns. Runs are cut
 * into slices, between which messages are read, so that a newer run can take the place of a stale one at any time.
 */

/** Candles between two looks at the message queue: some milliseconds of work. */
const SLICE_CANDLES = 20_000;
/** The proof repeats the run several times: on this many of the newest candles, so that it never takes long. */
const PROOF_CANDLES = 50_000;

interface Finished {
  readonly request: TestRequest;
  readonly result: RunResult;
  readonly candles: readonly CandleColumns[];
  proof: BiasReport | null;
}

let loader: CandleLoader | undefined;
let client: WickClient | undefined;
let finished: Finished | undefined;
/** Runs that nobody waits for any more. */
const cancelled = new Set<number>();
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
      sendCandles(op.id, op.market);
      return;
    case 'export':
      sendFile(op.id, op.engine);
      return;
    case 'open':
      await open(op.id, op.text);
      return;
    case 'verify':
      await verify(op.id, op.text);
      return;
  }
}

/** Compiles, loads and runs; `null` when it was cancelled or failed, which has been told then. */
async function calculate(
  id: number,
  request: TestRequest,
  preview: boolean,
): Promise<{ report: TestReport; result: RunResult | null; input: RunInput; isConfirmed: boolean } | null> {
  const compiled = compileStrategy(request.document);
  if (!compiled.ok) {
    fault(id, 'issues', 'The strategy is not sound yet.', compiled.error);
    return null;
  }
  const loaded = await load(id, request);
  if (loaded === null) return null;
  const input: RunInput = {
    strategy: compiled.value,
    document: request.document,
    params: request.params,
    markets: loaded.markets,
    timeframe: request.timeframe,
    config: request.config,
  };
  const prepared = prepareRun(input);
  if (!prepared.ok) {
    const { message, issues } = describeFault(prepared.error);
    fault(id, issues.length > 0 ? 'issues' : 'failed', message, issues);
    return null;
  }
  const job = prepared.value;
  let runMs = 0;
  let startedMs = performance.now();
  while (job.advance(SLICE_CANDLES) > 0) {
    runMs += performance.now() - startedMs;
    await breathe();
    if (isCancelled(id)) return null;
    if (!preview) progress(id, 'running', job.progressRatio);
    startedMs = performance.now();
  }
  startedMs = performance.now();
  const benchmark = loaded.markets[0]?.candles;
  assert(benchmark, 'a run has a market');
  const draft = job.draft();
  runMs += performance.now() - startedMs;
  if (preview)
    return {
      report: reportOf(draft, { benchmark, runMs, hashes: null, proof: null }),
      result: null,
      input,
      isConfirmed: loaded.isConfirmed,
    };
  progress(id, 'hashing', null);
  await breathe();
  if (isCancelled(id)) return null;
  const result = job.result();
  return {
    report: reportOf(result, { benchmark, runMs, hashes: result, proof: null }),
    result,
    input,
    isConfirmed: loaded.isConfirmed,
  };
}

async function run(id: number, request: TestRequest, preview: boolean): Promise<void> {
  newestRun = id;
  const done = await calculate(id, request, preview);
  if (done === null) return;
  const { report, result, input, isConfirmed } = done;
  post({ kind: 'report', id, report, isConfirmed, isLast: preview });
  if (!result) return;
  finished = { request, result, candles: input.markets.map(({ candles }) => candles), proof: null };
  if (!isConfirmed && !(await confirm(id, request, input))) return;
  await breathe();
  if (newestRun !== id) return;
  progress(id, 'proving', null);
  const proof = prove(input);
  if (finished.result === result) finished.proof = proof;
  post({ kind: 'report', id, report: { ...report, proof }, isConfirmed: true, isLast: true });
}

/** Candles of the cache were used: asks the server whether they are still the right ones. */
async function confirm(id: number, request: TestRequest, input: RunInput): Promise<boolean> {
  assert(loader, 'connected');
  const { timeframe, fromMs, toMs } = request;
  for (const { exchange, symbol, candles } of input.markets) {
    progress(id, 'loading', null, `Confirming ${symbol} with the server`);
    const answer = await loader.confirm({ exchange, symbol, timeframe }, { fromMs, toMs }, candles);
    if (newestRun !== id) return false;
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

function prove(input: RunInput): BiasReport | null {
  const markets = input.markets.map((market) => ({ ...market, candles: newest(market.candles) }));
  const proof = proveStrategy({ ...input, markets });
  return proof.ok ? proof.value : null;
}

function newest(candles: CandleColumns): CandleColumns {
  const from = Math.max(0, candles.length - PROOF_CANDLES);
  const cut = (column: Float64Array): Float64Array => column.subarray(from, candles.length);
  const { time, open, high, low, close, volume } = candles;
  return {
    length: candles.length - from,
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
  };
}

async function load(
  id: number,
  request: TestRequest,
): Promise<{ markets: RunMarket[]; isConfirmed: boolean } | null> {
  assert(loader, 'connected');
  const { timeframe, fromMs, toMs } = request;
  const markets: RunMarket[] = [];
  let isConfirmed = true;
  for (const market of request.markets) {
    const { exchange, symbol } = market;
    const loaded = await loader.load({ exchange, symbol, timeframe }, { fromMs, toMs }, (ratio) => {
      if (!cancelled.has(id)) progress(id, 'loading', ratio, `${symbol} ${timeframe} from ${exchange}`);
    });
    if (isCancelled(id)) return null;
    if (!loaded.ok) {
      fault(id, 'unreachable', `${symbol}: ${loaded.error}`);
      return null;
    }
    if (loaded.value.candles.length === 0) {
      fault(id, 'no-candles', `${exchange} has no candles of ${symbol} ${timeframe} in this range.`);
      return null;
    }
    isConfirmed &&= loaded.value.isConfirmed;
    markets.push({ ...market, candles: loaded.value.candles });
  }
  return { markets, isConfirmed };
}

function isCancelled(id: number): boolean {
  if (!cancelled.delete(id)) return false;
  fault(id, 'cancelled', 'Cancelled.');
  return true;
}

function sendCandles(id: number, market: number): void {
  const candles = finished?.candles[market];
  if (!candles) {
    fault(id, 'failed', 'There is no such market.');
    return;
  }
  const copy = (column: Float64Array): Float64Array => column.slice(0, candles.length);
  const { time, open, high, low, close, volume } = candles;
  const columns = {
    time: copy(time),
    open: copy(open),
    high: copy(high),
    low: copy(low),
    close: copy(close),
    volume: copy(volume),
  };
  post(
    { kind: 'candles', id, candles: columns },
    Object.values(columns).map(({ buffer }) => buffer),
  );
}

function sendFile(id: number, engine: string | null): void {
  if (!finished) {
    fault(id, 'failed', 'Nothing has been run yet.');
    return;
  }
  const { result, proof, candles } = finished;
  const file = resultFile(result, proof);
  const stem = `${result.setup.markets.map(({ symbol }) => symbol).join(' ')} ${result.resultHash.slice(0, 8)}`;
  const blob =
    engine === null
      ? new Blob([JSON.stringify(file)], { type: 'application/json' })
      : pageOf(file, candles, engine);
  post({ kind: 'file', id, blob, name: `backtest ${stem}.${engine === null ? 'json' : 'html'}` });
}

/** Shows what a file says by running it: figures that cannot be had again are not shown. */
async function open(id: number, text: string): Promise<void> {
  const read = readResultFile(text);
  const request: Result<TestRequest, TestFault> = read.ok ? requestOf(read.value) : read;
  if (!request.ok) post({ kind: 'fault', id, fault: request.error });
  else await run(id, request.value, false);
}

async function verify(id: number, file: string): Promise<void> {
  const read = readResultFile(file);
  const request: Result<TestRequest, TestFault> = read.ok ? requestOf(read.value) : read;
  if (!read.ok || !request.ok) {
    if (!request.ok) post({ kind: 'fault', id, fault: request.error });
    return;
  }
  const done = await calculate(id, request.value, false);
  if (!done?.result) return;
  const claimed = { dataHash: read.value.dataHash, resultHash: read.value.resultHash };
  const found = { dataHash: done.result.dataHash, resultHash: done.result.resultHash };
  const same = claimed.resultHash === found.resultHash;
  const text = same
    ? 'Run again here: every fill and every point of the equity curve is the same.'
    : claimed.dataHash !== found.dataHash
      ? 'The candles on this server differ from those the result was made of.'
      : 'The candles are the same, but the result is another one: the file was changed, or made by another engine.';
  post({ kind: 'verdict', id, verdict: { same, text, claimed, found } });
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
