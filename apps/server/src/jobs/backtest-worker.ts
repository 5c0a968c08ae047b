// One backtest in a thread of its own: whatever happens in here, the server goes on.
import { gzipSync } from 'node:zlib';
import { parentPort } from 'node:worker_threads';
import { assert } from '@wickworks/core';
import { compileStrategy, proveStrategy, runBacktest, runFileOf } from '@wickworks/engine';
import type { BacktestReport, BacktestTask } from './backtest-task.js';

const PROGRESS_EVERY_MS = 200;

const port = parentPort;
assert(port, 'this file is a worker');
const tell = (report: BacktestReport, transfer: ArrayBuffer[] = []): void => port.postMessage(report, transfer);

port.once('message', (task: BacktestTask) => {
  const { document, params, timeframe, detailTimeframe, config, markets } = task;
  const strategy = compileStrategy(document);
  if (!strategy.ok) {
    tell({ kind: 'failed', reason: strategy.error.map(({ path, message }) => `${path}: ${message}`).join('; ') });
    return;
  }
  const input = { strategy: strategy.value, document, params, timeframe, detailTimeframe, config, markets };
  if (task.kind === 'proof') {
    const proof = proveStrategy(input);
    tell(proof.ok ? { kind: 'proven', proof: proof.value } : { kind: 'failed', reason: JSON.stringify(proof.error) });
    return;
  }
  let toldMs = 0;
  const run = runBacktest(input, {
    onProgress: (ratio) => {
      const nowMs = performance.now();
      if (nowMs - toldMs < PROGRESS_EVERY_MS) return;
      toldMs = nowMs;
      tell({ kind: 'progress', ratio });
    },
  });
  if (!run.ok) {
    tell({ kind: 'failed', reason: JSON.stringify(run.error) });
    return;
  }
  tell({ kind: 'progress', ratio: 1 });
  const proof = proveStrategy(input);
  const file = runFileOf(run.value, proof.ok ? proof.value : null);
  const { setup, candles, metrics, breakdowns, dataHash, resultHash } = file;
  // A buffer of its own: small ones share a pool, which cannot be transferred.
  const result = new Uint8Array(gzipSync(JSON.stringify(file)));
  const summary = { setup, candles, metrics, breakdowns, proof: file.proof, dataHash, resultHash };
  tell({ kind: 'done', summary, result }, [result.buffer]);
});
