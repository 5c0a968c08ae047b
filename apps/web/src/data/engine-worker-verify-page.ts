import { BacktestResult } from '@wickworks/contracts';
import { METRICS, type RunResult } from '@wickworks/engine';
import * as z from 'zod';
import { differenceOf } from './engine-worker-compare.js';
import { requestOf } from './engine-worker-file.js';
import { inputOf, prepareInput, seriesOf, type TestSeries } from './engine-worker-input.js';
import { PackedSeries, PackedTape, unpackColumns, unpackTape } from './engine-worker-packing.js';
import { strategyNames, timeframesOf } from './run-names.js';
import { kindOf, stoppedBy, type LoadDocument, type LoadedStrategy } from './engine-worker-strategy.js';

/*
 * The script inside a shared page (engine-worker-page.ts): one file without imports, without network. It shows what the
 * result says, runs the backtest again over the candles in the page and says whether the hashes agree.
 */

const SLICE_CANDLES = { rules: 50_000, code: 2_000 };
const CURVE = { width: 1_000, height: 240 } as const;

function embedded(id: string): unknown {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null');
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const formatted = (value: number | null, unit: string): string => {
  if (value === null) return 'n/a';
  if (unit === 'ratio') return `${(value * 100).toFixed(2)} %`;
  if (unit === 'ms') return `${(value / 3_600_000).toFixed(1)} h`;
  return unit === 'count' ? String(value) : value.toFixed(2);
};

function curve(file: BacktestResult): SVGSVGElement {
  const values = file.equity.map(([, equity]) => equity);
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const points = values.map((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * CURVE.width;
    const y = CURVE.height - 8 - ((value - low) / (high - low || 1)) * (CURVE.height - 16);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${String(CURVE.width)} ${String(CURVE.height)}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `Equity from ${low.toFixed(2)} to ${high.toFixed(2)}`);
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', points.join(' '));
  line.setAttribute('fill', 'none');
  line.setAttribute('stroke', '#ffe600');
  line.setAttribute('vector-effect', 'non-scaling-stroke');
  svg.append(line);
  return svg;
}

function metricsList(file: BacktestResult): HTMLElement {
  const list = element('dl');
  for (const metric of METRICS) {
    const row = element('div');
    row.title = metric.definition;
    row.append(element('dt', metric.title), element('dd', formatted(file.metrics[metric.id] ?? null, metric.unit)));
    list.append(row);
  }
  return list;
}

function show(main: HTMLElement, file: BacktestResult): HTMLElement {
  const { setup } = file;
  const day = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
  main.append(element('h1', strategyNames(setup).join(' + ')));
  const markets = setup.markets.map(({ exchange, symbol }) => `${symbol} (${exchange})`).join(', ');
  main.append(
    element('p', `${markets} · ${timeframesOf(setup).join(', ')} · ${day(setup.fromMs)} to ${day(setup.toMs)} UTC`),
  );
  const verdict = element('p', 'Running the backtest again …');
  verdict.id = 'verdict';
  verdict.setAttribute('role', 'status');
  main.append(verdict, curve(file), element('h2', 'Metrics'), metricsList(file));
  const text = element('pre', JSON.stringify(setup, null, 2));
  // What scrolls must be reachable by keyboard.
  text.tabIndex = 0;
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', 'Setup');
  main.append(element('h2', 'Setup'), text);
  return verdict;
}

/** The file as its own run gives it, over the candles in the page. */
async function runAgain(file: BacktestResult, load: LoadDocument): Promise<RunResult> {
  const asked = requestOf(file);
  if (!asked.ok) throw new Error(asked.error.message);
  const request = asked.value;
  const loaded: LoadedStrategy[] = [];
  try {
    for (const { document } of request.strategies) {
      const one = await load(document);
      if (!one.ok) throw new Error(`the strategy in this page is not sound: ${one.error[0]?.message ?? ''}`);
      loaded.push(one.value);
    }
    const packed = z.array(PackedSeries).parse(embedded('wickworks-candles'));
    const series = seriesOf(request).map((wanted): TestSeries => {
      const { symbol, timeframe } = wanted;
      const given = packed.find((one) => one.symbol === symbol && one.timeframe === timeframe);
      if (given === undefined) throw new Error(`the ${timeframe} candles of ${symbol} are missing in this page`);
      return { ...wanted, candles: unpackColumns(given), ...(given.detail && { detail: unpackColumns(given.detail) }) };
    });
    const tapes = new Map(
      z
        .array(PackedTape)
        .parse(embedded('wickworks-trades'))
        .map((tape) => [tape.symbol, unpackTape(tape)]),
    );
    const bare = request.detailTrades ? series.find(({ symbol }) => !tapes.has(symbol)) : undefined;
    if (bare !== undefined) throw new Error(`the trades of ${bare.symbol} are missing in this page`);
    const definitions = loaded.map(({ definition }) => definition);
    const prepared = prepareInput(inputOf(request, definitions, { series, tapes }));
    if (!prepared.ok) throw new Error(`the run cannot begin: ${prepared.error.kind}`);
    const slice = SLICE_CANDLES[kindOf(request)];
    while (prepared.value.advance(slice) > 0) await new Promise((resolve) => setTimeout(resolve));
    return prepared.value.result();
  } finally {
    for (const one of loaded) one.dispose();
  }
}

/** Shows the result in this page, runs it again and says whether everything comes out the same. */
export async function verifyPage(load: LoadDocument): Promise<void> {
  const home = document.querySelector('main');
  if (!home) return;
  const file = BacktestResult.parse(embedded('wickworks-result'));
  const verdict = show(home, file);
  const tell = (state: 'same' | 'different', text: string, more: string): void => {
    verdict.dataset['state'] = state;
    verdict.textContent = text;
    verdict.append(element('small', more));
  };
  try {
    const again = await runAgain(file, load);
    const changed = differenceOf(file, again);
    if (again.resultHash !== file.resultHash)
      tell('different', '× Not the same: this file was changed.', `${file.resultHash} ≠ ${again.resultHash}`);
    else if (changed !== null)
      tell('different', '× Not the same: a figure in this file was changed.', `${changed} is not what the run gives`);
    else
      tell(
        'same',
        '✓ Verified: run again here, every fill, figure and point of the curve is the same.',
        again.resultHash,
      );
  } catch (cause) {
    const reason = stoppedBy(cause) ?? (cause instanceof Error ? cause.message : String(cause));
    tell('different', '× Could not be run again.', reason);
  }
}
