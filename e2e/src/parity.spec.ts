import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { CandleRow } from '@wickworks/core';
import { build } from 'esbuild';
import type { ParityTask } from './parity-worker.js';

const root = new URL('../../', import.meta.url);

interface Parity {
  readonly candles: string;
  readonly rows: number;
  readonly market: ParityTask['market'];
  readonly runs: readonly (Pick<ParityTask, 'document' | 'config'> & { readonly resultHash: string })[];
}

/** The engine with the entry `parity-worker.ts` as one script, `parity` its global. */
async function workerScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('parity-worker.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'iife', globalName: 'parity', platform: 'browser', logLevel: 'error' },
  });
  return `${outputFiles[0]!.text};onmessage = ({ data }) => postMessage(parity.hashesOf(data));`;
}

test('a run has the same result in Chromium as in Node: at once, in slices, candle by candle', async ({ page }) => {
  // Our own committed file: Node's tests check the very same hashes.
  const parity = JSON.parse(readFileSync(new URL('fixtures/backtest/parity.json', root), 'utf8')) as Parity;
  const text = gunzipSync(readFileSync(new URL(parity.candles, root))).toString();
  const lines = text
    .trim()
    .split('\n')
    .slice(1, 1 + parity.rows);
  const rows = lines.map((line) => line.split(',').map(Number) as unknown as CandleRow);
  const script = await workerScript();
  expect(parity.runs.length).toBeGreaterThan(9);

  for (const { document, config, resultHash } of parity.runs) {
    const task: ParityTask = { document, config, market: parity.market, rows };
    // As text: this program knows no DOM.
    const hashes = await page.evaluate(`new Promise((resolve, reject) => {
      const url = URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: 'text/javascript' }));
      const worker = new Worker(url);
      worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
      worker.onerror = ({ message }) => { worker.terminate(); reject(new Error(message)); };
      worker.postMessage(${JSON.stringify(task)});
    })`);
    expect(hashes, document.name).toEqual([resultHash, resultHash, resultHash]);
  }
});
