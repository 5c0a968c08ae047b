// One strategy at work in a thread of its own: whatever happens in here, the server goes on.
import { gzipSync } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import { assert, err, ok, type Result } from '@wickworks/core';
import {
  faultText,
  parseParamValues,
  proveShared,
  proveStrategy,
  runBacktest,
  runFileOf,
  runSharedBacktest,
  type BacktestFault,
  type BiasProof,
  type RunFault,
  type RunResult,
  type SharedRunInput,
} from '@wickworks/engine';
import type { BacktestReport, BacktestTask, SignalTask } from './backtest-task.js';
import { definitionOf, issuesText } from './definition-of.js';
import { SignalFollower } from './signal-follower.js';

const PROGRESS_EVERY_MS = 200;

const port = parentPort;
assert(port, 'this file is a worker');
const tell = (report: BacktestReport, transfer: ArrayBuffer[] = []): void => port.postMessage(report, transfer);

const follower = new SignalFollower();
/** Messages are worked through one after the other. */
let last = Promise.resolve();
port.on('message', (task: BacktestTask | SignalTask) => {
  last = last.then(async () => {
    if (task.kind === 'follow' || task.kind === 'closed') {
      port.postMessage(await follower.work(task));
      return;
    }
    try {
      await work(task);
    } catch (error) {
      // What a strategy in code throws is for whoever wrote it; anything else is our own fault and ends the thread.
      if (!(error instanceof Error && error.name === 'GuestFault')) throw error;
      tell({ kind: 'failed', reason: `the strategy was stopped: ${error.message}` });
    }
  });
});

async function work(task: BacktestTask): Promise<void> {
  if (task.kind === 'shared-backtest') {
    const input = await sharedInputOf(task);
    if (!input.ok) {
      tell({ kind: 'failed', reason: input.error });
      return;
    }
    report(runSharedBacktest(input.value, { onProgress: progressed() }), () => proveShared(input.value));
    return;
  }
  const { document } = task;
  const strategy = await definitionOf(document);
  if (!strategy.ok) {
    if (task.kind === 'check') tell({ kind: 'unsound', issues: strategy.error });
    else tell({ kind: 'failed', reason: issuesText(strategy.error) });
    return;
  }
  if (task.kind === 'check') {
    const { params, needs = [] } = strategy.value;
    const values = parseParamValues(params, {});
    if (values.ok)
      tell({ kind: 'checked', declaration: { params, needs, warmup: strategy.value.warmup(values.value) } });
    else
      tell({
        kind: 'unsound',
        issues: values.error.map(({ field, message }) => ({ path: `params.${field}`, message })),
      });
    return;
  }
  const { params, timeframe, detailTimeframe, config, markets } = task;
  const input = { strategy: strategy.value, document, params, timeframe, detailTimeframe, config, markets };
  if (task.kind === 'proof') {
    const proof = proveStrategy(input);
    tell(proof.ok ? { kind: 'proven', proof: proof.value } : { kind: 'failed', reason: faultText(proof.error) });
    return;
  }
  report(runBacktest(input, { onProgress: progressed() }), () => proveStrategy(input));
}

/** Several strategies, each compiled or in a jail of its own. */
async function sharedInputOf({
  strategies,
  ...task
}: Extract<BacktestTask, { kind: 'shared-backtest' }>): Promise<Result<SharedRunInput, string>> {
  const ready: SharedRunInput['strategies'][number][] = [];
  for (const [at, { document, ...one }] of strategies.entries()) {
    const strategy = await definitionOf(document);
    if (!strategy.ok) return err(`strategies.${at}: ${issuesText(strategy.error)}`);
    ready.push({ ...one, strategy: strategy.value, document, timeframe: document.timeframe });
  }
  return ok({ ...task, strategies: ready });
}

/** Tells how far a run is, now and then. */
function progressed(): (ratio: number) => void {
  let toldMs = 0;
  return (ratio) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = nowMs;
    tell({ kind: 'progress', ratio });
  };
}

/** Tells how a run ended, after it was proved. */
function report(run: Result<RunResult, RunFault>, prove: () => Result<BiasProof, BacktestFault>): void {
  if (!run.ok) {
    tell({ kind: 'failed', reason: faultText(run.error) });
    return;
  }
  tell({ kind: 'progress', ratio: 1 });
  const proof = prove();
  const file = runFileOf(run.value, proof.ok ? proof.value : null);
  const { setup, candles, metrics, breakdowns, dataHash, resultHash } = file;
  // A buffer of its own: small ones share a pool, which cannot be transferred.
  const result = new Uint8Array(gzipSync(JSON.stringify(file)));
  const summary = { setup, candles, metrics, breakdowns, proof: file.proof, dataHash, resultHash };
  tell({ kind: 'done', summary, result }, [result.buffer]);
}
