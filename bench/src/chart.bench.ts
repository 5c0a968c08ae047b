// Main-thread time of the chart beside lightweight-charts, plain and with its conflation, in the same Chromium and run.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type CDPSession } from '@playwright/test';
import { build } from 'esbuild';
import { lessIsBetter, median, type BenchCase, type BenchResult } from './bench.js';
import { realCandles, repeatCandles } from './real-candles.js';

type Name = 'ours' | 'plain' | 'conflation';

interface Figures {
  readonly firstMs: number;
  readonly panMs: number;
  readonly tickMs: number;
  readonly heapMb: number;
}

const MILLION = 1_000_000;
/** Measurements per contestant, and frames in each; the plain peer needs most of a second for a frame. */
const BATCHES: Readonly<Record<Name, { readonly count: number; readonly frames: number }>> = {
  ours: { count: 9, frames: 15 },
  plain: { count: 3, frames: 1 },
  conflation: { count: 9, frames: 5 },
};

/** First frame, pan, live tick and heap at 1,000,000 and 100,000 candles, half of them in sight, 1200 × 600 pixels. */
export async function run(): Promise<BenchResult> {
  const server = await serve();
  const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--js-flags=--expose-gc'],
  });
  try {
    const million = await contest(browser, server.url, MILLION);
    const hundred = await contest(browser, server.url, MILLION / 10);
    return { name: 'chart', cases: casesOf(million, hundred) };
  } finally {
    await browser.close();
    server.close();
  }
}

function casesOf(million: Record<Name, Figures>, hundred: Record<Name, Figures>): BenchCase[] {
  const compare = (name: string, unit: string, pick: (figures: Figures) => number, of: Record<Name, Figures>) =>
    (['plain', 'conflation'] as const).map((peer) =>
      lessIsBetter(`${name}, beside ${peer}`, pick(of.ours), unit, `lightweight-charts ${peer}`, pick(of[peer])),
    );
  return [
    ...compare('pan 1M candles, half visible', 'ms/frame', ({ panMs }) => panMs, million),
    ...compare('first frame of 1M candles', 'ms', ({ firstMs }) => firstMs, million),
    ...compare('heap growth at 1M candles', 'MB', ({ heapMb }) => Math.max(heapMb, 0.1), million),
    ...compare('live tick at 100k candles, half visible', 'ms/frame', ({ tickMs }) => tickMs, hundred),
    ...compare('pan 100k candles, half visible', 'ms/frame', ({ panMs }) => panMs, hundred),
  ];
}

/** The contestants one after the other, each in a fresh page. */
async function contest(browser: Browser, url: string, count: number): Promise<Record<Name, Figures>> {
  return {
    ours: await measure(browser, url, 'ours', count),
    plain: await measure(browser, url, 'plain', count),
    conflation: await measure(browser, url, 'conflation', count),
  };
}

async function measure(browser: Browser, url: string, name: Name, count: number): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 600 } });
  try {
    const page = await context.newPage();
    await page.goto(url);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    // As text: this program knows no DOM, and page.ts declares what it offers.
    await page.evaluate(`chartBench.load('${name}', ${count})`);
    const heapBefore = await heapMb(cdp);
    const { count: batches, frames } = BATCHES[name];
    const frameMs = async (command: string): Promise<number> => {
      const seen: number[] = [];
      for (let batch = 0; batch < batches; batch++) {
        seen.push((await taskMs(cdp, () => page.evaluate(`chartBench.${command}`))) / frames);
      }
      return median(seen);
    };
    const firstMs = await taskMs(cdp, () => page.evaluate('chartBench.mount()'));
    const panMs = await frameMs(`pan(${frames}, ${batches * frames})`);
    await page.evaluate('chartBench.idle(3)');
    const tickMs = await frameMs(`tick(${frames})`);
    return { firstMs, panMs, tickMs, heapMb: (await heapMb(cdp)) - heapBefore };
  } finally {
    await context.close();
  }
}

/** Main-thread task time while `action` runs, ms. */
async function taskMs(cdp: CDPSession, action: () => Promise<unknown>): Promise<number> {
  const before = await taskDurationMs(cdp);
  await action();
  return (await taskDurationMs(cdp)) - before;
}

async function taskDurationMs(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** Used JavaScript heap and the buffers of typed arrays after a collection, MB. */
async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const usage = await cdp.send('Runtime.getHeapUsage');
  const buffers = 'backingStorageSize' in usage ? usage.backingStorageSize : 0;
  return (usage.usedSize + buffers) / 1e6;
}

/** A page with all contestants, and the candles as six columns one behind the other. */
async function serve(): Promise<{ url: string; close(): void }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('chart/page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    outdir: 'page',
    logLevel: 'error',
  });
  const text = (extension: string): string =>
    bundle.outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const page = `<!doctype html><meta charset="utf-8"><style>${text('.css')}</style><body><script type="module">${text('.js').replaceAll('</script', '<\\/script')}</script>`;
  const candles = columnsOfCandles();
  const server = createServer((request, response) => {
    if (request.url === '/candles') response.end(candles);
    else response.setHeader('content-type', 'text/html').end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function columnsOfCandles(): Buffer {
  const rows = repeatCandles(realCandles('binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz'), MILLION);
  const columns = new Float64Array(MILLION * 6);
  for (const [index, row] of rows.entries()) {
    for (const [column, value] of row.entries()) columns[column * MILLION + index] = value;
  }
  return Buffer.from(columns.buffer);
}
