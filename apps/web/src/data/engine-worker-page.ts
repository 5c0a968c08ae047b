import type { BacktestResult } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { TestSeries, TestTapes } from './engine-worker-input.js';
import { packColumns, packTape, type PackedSeries, type PackedTape } from './engine-worker-packing.js';

/** JSON inside a script element must not be able to end it. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`);

const STYLE = `
:root{color-scheme:dark light}body{margin:0;background:#000;color:#f5f4ea;font:14px/20px ui-monospace,Menlo,Consolas,monospace;font-variant-numeric:tabular-nums}
main{max-width:1080px;margin:0 auto;padding:24px}h1{font-size:28px;line-height:32px;text-transform:uppercase;margin:0 0 4px}
h2{font-size:12px;text-transform:uppercase;letter-spacing:.08em;border-bottom:2px solid #47463f;padding-bottom:4px;margin:32px 0 8px}
#verdict{border:2px solid #8f8e84;padding:12px 16px;margin:16px 0;font-weight:700;overflow-wrap:anywhere}#verdict small{display:block;font-weight:400}
#verdict[data-state=same]{border-color:#1fd083}#verdict[data-state=different]{border-color:#ff6257}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:0 24px;margin:0}dl div{display:flex;justify-content:space-between;gap:16px;border-bottom:1px solid #24241f;padding:4px 0}
dt{color:#b3b2a6}dd{margin:0;font-weight:700}svg{width:100%;height:240px;border:2px solid #47463f}pre{overflow:auto;border:2px solid #47463f;padding:12px}
`;

/** Browsers open pages of this size without trouble; what is larger is shared as a result file. */
const PAGE_CHARS_MAX = 96 * 1024 * 1024;

/** What a run was made of, as text. */
export interface PackedData {
  readonly series: readonly PackedSeries[];
  readonly tapes: readonly PackedTape[];
}

/** The candles and trades of a run for {@link pageOf}, or how large they are, MB, when no page should carry them. */
export function packData(series: readonly TestSeries[], tapes: TestTapes): Result<PackedData, number> {
  const data = {
    series: series.map(({ symbol, timeframe, candles, detail }) => ({
      ...{ symbol, timeframe, ...packColumns(candles) },
      ...(detail === undefined ? {} : { detail: packColumns(detail) }),
    })),
    tapes: [...tapes].map(([symbol, tape]) => packTape(symbol, tape)),
  };
  const chars =
    data.series.reduce((sum, one) => sum + one.packed.length + (one.detail?.packed.length ?? 0), 0) +
    data.tapes.reduce((sum, one) => sum + one.times.length + one.trades.length, 0);
  return chars > PAGE_CHARS_MAX ? err(Math.round(chars / (1024 * 1024))) : ok(data);
}

/**
 * A page that needs nothing but itself: result, candles (with the trades that decided inside them) and the engine. Opened anywhere, it runs the backtest again and
 * says whether every fill and the equity curve come out the same.
 */
export function pageOf(file: BacktestResult, { series, tapes }: PackedData, engine: string): Blob {
  return new Blob(
    [
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Backtest · Wickworks</title>',
      '<meta name="viewport" content="width=device-width"><style>',
      STYLE,
      '</style></head><body><main></main><script type="application/json" id="wickworks-result">',
      inScript(file),
      '</script><script type="application/json" id="wickworks-candles">',
      inScript(series),
      '</script><script type="application/json" id="wickworks-trades">',
      inScript(tapes),
      '</script><script type="module">',
      engine.replaceAll('</script', String.raw`<\/script`),
      '</script></body></html>',
    ],
    { type: 'text/html' },
  );
}
