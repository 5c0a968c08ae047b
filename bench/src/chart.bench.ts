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
const ROUNDS = 3;
/** Frames per measurement; the plain peer needs most of a second for each. */
const FRAMES: Readonly<Record<Name, number>> = { ours: 120, plain: 6, conflation: 60 };

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

/** Medians over rounds in which the contestants take turns, each in a fresh page. */
async function contest(browser: Browser, url: string, count: number): Promise<Record<Name, Figures>> {
  const seen: Record<Name, Figures[]> = { ours: [], plain: [], conflation: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['ours', 'plain', 'conflation'] as const) {
      seen[name].push(await measure(browser, url, name, count));
    }
  }
  const middle = (figures: readonly Figures[]): Figures => ({
    firstMs: median(figures.map(({ firstMs }) => firstMs)),
    panMs: median(figures.map(({ panMs }) => panMs)),
    tickMs: median(figures.map(({ tickMs }) => tickMs)),
    heapMb: median(figures.map(({ heapMb }) => heapMb)),
  });
  return { ours: middle(seen.ours), plain: middle(seen.plain), conflation: middle(seen.conflation) };
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
    const frames = FRAMES[name];
    const firstMs = await taskMs(cdp, () => page.evaluate('chartBench.mount()'));
    const panMs = await taskMs(cdp, () => page.evaluate(`chartBench.pan(${frames})`));
    await page.evaluate('chartBench.idle(3)');
    const tickMs = await taskMs(cdp, () => page.evaluate(`chartBench.tick(${frames})`));
    return { firstMs, panMs: panMs / frames, tickMs: tickMs / frames, heapMb: (await heapMb(cdp)) - heapBefore };
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
  const buffers = 'backingStorageSize' in usage ? Number(usage.backingStorageSize) : 0;
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
