import type { RunTrade } from '@wickworks/engine';
import { Download, TrendingDown, TrendingUp } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { EngineClient } from '../../data/engine-worker-client.js';
import type { CandleTransfer, TestReport } from '../../data/engine-worker-protocol.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { saveFile } from '../../ui/save-file.js';
import { RunChart } from '../../features/report/run-chart.js';
import { TradeDetails } from '../../features/report/trade-details.js';
import { tradesOf, TradeTable, tradeTableColumns } from '../../features/report/trade-table.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/panel.js';
import { Select } from '../../ui/select.js';
import { tableToCsv } from '../../ui/table-model.js';

export interface TradesViewProps {
  engine: EngineClient;
  report: TestReport;
  zone: string;
  selected: number | null;
  onSelect: (trade: number) => void;
}

/** Index of the trade that made least (`-1`) or most (`1`) among `rows` (`null`: all); `null` without trades. */
function extreme(returns: Float64Array, rows: Uint32Array | null, sign: 1 | -1): number | null {
  let best: number | null = null;
  for (const index of rows ?? returns.keys())
    if (best === null || returns[index]! * sign > returns[best]! * sign) best = index;
  return best;
}

/** Trades on the candles, in a table, and one of them explained. */
export function TradesView({ engine, report, zone, selected, onSelect }: TradesViewProps) {
  const timeZone = useWorkspace((workspace) => workspace.timeZone);
  const { trades, resultHash } = report;
  const [detail, setDetail] = useState<{ hash: string | null; trade: RunTrade } | null>(null);
  const [candles, setCandles] = useState<{ hash: string | null; at: number; columns: CandleTransfer } | null>(null);
  const index = selected === null || selected >= trades.count ? null : selected;
  const strategies = report.setup.strategies ?? [];
  const [filter, setFilter] = useState<string | null>(null);
  const strategy = strategies.some(({ id }) => id === filter) ? filter : null;
  const rows = useMemo(() => tradesOf(trades, strategy), [trades, strategy]);
  // The candles that the trade's strategy decided on; without a trade those of the strategy looked at.
  const owner =
    index !== null && trades.strategy !== null ? (trades.words[trades.strategy[index] ?? 0] ?? null) : strategy;
  const lead = strategies.find(({ id }) => id === owner) ?? strategies[0];
  const symbol =
    index === null
      ? (lead?.symbols[0] ?? report.setup.markets[0]?.symbol)
      : (trades.words[trades.symbol[index] ?? 0] ?? undefined);
  const timeframe = lead?.timeframe ?? report.setup.timeframe;
  const at = Math.max(
    0,
    report.series.findIndex((one) => one.symbol === symbol && one.timeframe === timeframe),
  );

  // Explanations and candles are those of a finished run; a preview has none yet.
  useEffect(() => {
    if (index === null || resultHash === null) return undefined;
    let isCurrent = true;
    engine.trade(index).then(
      (trade) => {
        if (isCurrent) setDetail({ hash: resultHash, trade });
      },
      () => undefined, // the engine ended, and the page with it
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, index, resultHash]);
  useEffect(() => {
    if (resultHash === null) return undefined;
    let isCurrent = true;
    engine.candles(at).then(
      (columns) => {
        if (isCurrent) setCandles({ hash: resultHash, at, columns });
      },
      () => undefined, // the engine ended, and the page with it
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, at, resultHash]);

  const shown = detail !== null && detail.hash === resultHash && detail.trade.index === index ? detail.trade : null;
  const series = report.series[at];
  const endMs = report.setup.toMs;
  const focus = useMemo(
    () => (shown === null ? null : { fromMs: shown.entryTimeMs, toMs: shown.exitTimeMs ?? endMs }),
    [shown, endMs],
  );
  const shownCount = rows?.length ?? trades.count;
  const jump = (sign: 1 | -1): void => {
    const found = extreme(trades.returnRatio, rows, sign);
    if (found !== null) onSelect(found);
  };
  const saveCsv = (): void => {
    const csv = tableToCsv(tradeTableColumns(trades, zone, rows), shownCount, (row) => row);
    saveFile(new Blob([csv], { type: 'text/csv' }), `trades ${symbol ?? ''} ${resultHash?.slice(0, 8) ?? ''}.csv`);
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 xl:grid-cols-[minmax(0,1fr)_420px]">
      <Panel title={`${symbol ?? ''} ${timeframe}`} bodyClassName="relative h-[clamp(300px,44dvh,600px)] flex-none">
        {candles === null || series === undefined || candles.at !== at ? (
          <p role="status" className="caps p-4 text-muted">
            Loading candles…
          </p>
        ) : (
          <RunChart
            key={`${series.symbol} ${series.timeframe}`}
            series={series}
            candles={candles.columns}
            trades={trades}
            strategy={strategies.length === 0 ? null : owner}
            focus={focus}
            timeZone={timeZone}
          />
        )}
      </Panel>
      <Panel title="Explanation" bodyClassName="overflow-y-auto xl:h-[clamp(300px,44dvh,600px)] xl:flex-none">
        {shown === null ? (
          <p className="p-4 text-sm text-muted">
            {index === null
              ? 'Open a trade: the rule that fired, the indicator values and every fill stand here.'
              : 'Asking the engine…'}
          </p>
        ) : (
          <TradeDetails trade={shown} count={trades.count} zone={zone} onGo={onSelect} />
        )}
      </Panel>
      <Panel
        title="Trades"
        className="xl:col-span-2"
        actions={
          <>
            {strategies.length === 0 ? null : (
              <Select
                label="Strategy of the trades"
                options={[
                  { value: '', label: 'All strategies' },
                  ...strategies.map(({ id }) => ({ value: id, label: id })),
                ]}
                value={strategy ?? ''}
                onChange={(next) => setFilter(next === '' ? null : next)}
                className="h-7 w-36 text-xs @xl:w-44"
              />
            )}
            <Button size="sm" tone="ghost" disabled={shownCount === 0} onClick={() => jump(-1)}>
              <TrendingDown aria-hidden /> <span className="@max-xl:sr-only">Worst</span>
            </Button>
            <Button size="sm" tone="ghost" disabled={shownCount === 0} onClick={() => jump(1)}>
              <TrendingUp aria-hidden /> <span className="@max-xl:sr-only">Best</span>
            </Button>
            <Button size="sm" tone="ghost" disabled={shownCount === 0} onClick={saveCsv}>
              <Download aria-hidden /> <span className="@max-xl:sr-only">CSV</span>
            </Button>
          </>
        }
      >
        <TradeTable
          trades={trades}
          rows={rows}
          zone={zone}
          version={`${resultHash ?? String(report.runMs)} ${strategy ?? ''}`}
          onOpen={onSelect}
          className="h-[clamp(240px,40dvh,560px)]"
        />
      </Panel>
    </div>
  );
}
