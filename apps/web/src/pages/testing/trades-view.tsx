import type { RunTrade } from '@wickworks/engine';
import { Download, TrendingDown, TrendingUp } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { EngineClient } from '../../data/engine-worker-client.js';
import type { CandleTransfer, TestReport } from '../../data/engine-worker-protocol.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { saveFile } from '../../ui/save-file.js';
import { RunChart } from '../../features/report/run-chart.js';
import { TradeDetails } from '../../features/report/trade-details.js';
import { TradeTable, tradeTableColumns } from '../../features/report/trade-table.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/panel.js';
import { tableToCsv } from '../../ui/table-model.js';

export interface TradesViewProps {
  engine: EngineClient;
  report: TestReport;
  zone: string;
  selected: number | null;
  onSelect: (trade: number) => void;
}

/** Index of the trade that made least (`-1`) or most (`1`); `null` without trades. */
function extreme(returns: Float64Array, sign: 1 | -1): number | null {
  let best: number | null = null;
  for (let index = 0; index < returns.length; index++)
    if (best === null || returns[index]! * sign > returns[best]! * sign) best = index;
  return best;
}

/** Trades on the candles, in a table, and one of them explained. */
export function TradesView({ engine, report, zone, selected, onSelect }: TradesViewProps) {
  const timeZone = useWorkspace((workspace) => workspace.timeZone);
  const { trades, resultHash } = report;
  const [detail, setDetail] = useState<{ hash: string | null; trade: RunTrade } | null>(null);
  const [candles, setCandles] = useState<{ hash: string | null; market: number; columns: CandleTransfer } | null>(null);
  const index = selected === null || selected >= trades.count ? null : selected;
  const symbol =
    index === null ? report.setup.markets[0]?.symbol : (trades.words[trades.symbol[index] ?? 0] ?? undefined);
  const market = Math.max(
    0,
    report.setup.markets.findIndex((candidate) => candidate.symbol === symbol),
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
    engine.candles(market).then(
      (columns) => {
        if (isCurrent) setCandles({ hash: resultHash, market, columns });
      },
      () => undefined, // the engine ended, and the page with it
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, market, resultHash]);

  const shown = detail !== null && detail.hash === resultHash && detail.trade.index === index ? detail.trade : null;
  const series = report.setup.markets[market];
  const endMs = report.setup.toMs;
  const focus = useMemo(
    () => (shown === null ? null : { fromMs: shown.entryTimeMs, toMs: shown.exitTimeMs ?? endMs }),
    [shown, endMs],
  );
  const jump = (sign: 1 | -1): void => {
    const found = extreme(trades.returnRatio, sign);
    if (found !== null) onSelect(found);
  };
  const saveCsv = (): void => {
    const csv = tableToCsv(tradeTableColumns(trades, zone), trades.count, (row) => row);
    saveFile(new Blob([csv], { type: 'text/csv' }), `trades ${symbol ?? ''} ${resultHash?.slice(0, 8) ?? ''}.csv`);
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 xl:grid-cols-[minmax(0,1fr)_420px]">
      <Panel
        title={`${symbol ?? ''} ${report.setup.timeframe}`}
        bodyClassName="relative h-[clamp(300px,44dvh,600px)] flex-none"
      >
        {candles === null || series === undefined || candles.market !== market ? (
          <p role="status" className="caps p-4 text-muted">
            Loading candles…
          </p>
        ) : (
          <RunChart
            key={series.symbol}
            series={{ exchange: series.exchange, symbol: series.symbol, timeframe: report.setup.timeframe }}
            candles={candles.columns}
            trades={trades}
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
            <Button size="sm" tone="ghost" disabled={trades.count === 0} onClick={() => jump(-1)}>
              <TrendingDown aria-hidden /> Worst
            </Button>
            <Button size="sm" tone="ghost" disabled={trades.count === 0} onClick={() => jump(1)}>
              <TrendingUp aria-hidden /> Best
            </Button>
            <Button size="sm" tone="ghost" disabled={trades.count === 0} onClick={saveCsv}>
              <Download aria-hidden /> CSV
            </Button>
          </>
        }
      >
        <TradeTable
          trades={trades}
          zone={zone}
          version={resultHash ?? report.runMs}
          onOpen={onSelect}
          className="h-[clamp(240px,40dvh,560px)]"
        />
      </Panel>
    </div>
  );
}
