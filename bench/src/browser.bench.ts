// The same backtest over a year of minutes in a Node worker thread and in Chromium's Web Worker, in turn.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { chromium, type Page } from '@playwright/test';
import type { CandleRow } from '@wickworks/core';
import { build } from 'esbuild';
import { median, moreIsBetter, type BenchResult } from './bench.js';
import type { YearTimes } from './browser/year.js';
import { realCandles } from './real-candles.js';

const YEAR = 525_600;
const RUNS = 5;
const TURNS = 3;

/** Candles a second of a full run (metrics and hashes included): ours in the browser beside ours in Node. */
export async function run(): Promise<BenchResult> {
  const rows = realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz');
  const script = await bundle();
  const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const inNode: number[] = [];
    const inBrowser: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const node = await timesInNode(script, rows);
      const chrome = await timesInChromium(page, script, rows);
      if (node.resultHash !== chrome.resultHash) throw new Error('not the same run');
      inNode.push(...node.ms);
      inBrowser.push(...chrome.ms);
    }
    const speed = (ms: readonly number[]): number => YEAR / median(ms) / 1000;
    return {
      name: 'browser',
      cases: [
        moreIsBetter(
          `a year of minutes, whole run of ${median(inBrowser).toFixed(0)} ms`,
          ...([speed(inBrowser), 'M candles/s', 'the same in a Node worker', speed(inNode)] as const),
        ),
      ],
    };
  } finally {
    await browser.close();
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/year.ts', import.meta.url))],
    ...{ bundle: true, write: false, minify: true, format: 'iife', globalName: 'year', logLevel: 'error' },
  });
  return outputFiles[0]!.text;
}

const call = `year.timeYear(rows, ${YEAR}, ${RUNS})`;

function timesInNode(script: string, rows: readonly CandleRow[]): Promise<YearTimes> {
  const code = `${script}; const { parentPort, workerData: rows } = require('node:worker_threads'); parentPort.postMessage(${call});`;
  const worker = new Worker(code, { eval: true, workerData: rows });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

async function timesInChromium(page: Page, script: string, rows: readonly CandleRow[]): Promise<YearTimes> {
  const code = `${script}; onmessage = ({ data: rows }) => postMessage(${call});`;
  // As text: this program knows no DOM.
  return await page.evaluate(`new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' })));
    worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
    worker.onerror = ({ message }) => { worker.terminate(); reject(new Error(message)); };
    worker.postMessage(${JSON.stringify(rows)});
  })`);
}
