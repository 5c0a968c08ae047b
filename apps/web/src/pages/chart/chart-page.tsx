import { Suspense, useEffect, useMemo, useState } from 'react';
import type { GroupAction } from '../../chart/api/chart-types.js';
import type { OverlayPicture } from '../../chart/model/overlays/indicator-overlays.js';
import { useSeries } from '../../data/hooks.js';
import { settingsChanged, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { ChartView } from '../../features/chart-view/chart-view.js';
import { useIndicatorActions } from '../../features/indicators/use-indicators.js';
import { useOverlays } from '../../features/indicators/use-overlays.js';
import { Quote } from '../../features/quote/quote.js';
import { openOverlay } from '../../shell/overlay.js';
import { useMediaQuery } from '../../shell/use-media-query.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { later } from '../../ui/later.js';
import { Splitter } from '../../ui/splitter.js';

const OhlcvTable = later(async () => (await import('../../features/ohlcv-table/ohlcv-table.js')).OhlcvTable);

const IndicatorDialog = later(
  async () => (await import('../../features/indicators/indicator-dialog.js')).IndicatorDialog,
);

const SignalStrip = later(async () => (await import('../../features/signal-strip/signal-strip.js')).SignalStrip);

// Never in sight on phones, and nowhere before the chart.
const Watchlist = later(async () => (await import('../../features/watchlist/watchlist.js')).Watchlist);

const WATCHLIST = { fallback: 224, min: 184, max: 420 } as const;
const TABLE_BESIDE = { fallback: 536, min: 320, max: 760 } as const;
const TABLE_BELOW = { fallback: 220, min: 120, max: 560 } as const;

/** The home page: watchlist, chart, and the candles as figures beside it (below it on narrower screens). */
export function ChartPage() {
  const dispatch = useWorkspaceDispatch();
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  const timeframe = useWorkspace((workspace) => workspace.timeframe);
  const watchlistOpen = useWorkspace((workspace) => workspace.watchlistOpen);
  const tableOpen = useWorkspace((workspace) => workspace.tableOpen);
  const sizes = useWorkspace((workspace) => workspace.panelSizes);
  const isWide = useMediaQuery('(min-width: 1024px)');
  // As the breakpoint `md`, from which on the top bar has room for it.
  const isPhone = useMediaQuery('(max-width: 767.98px)');
  const isBeside = useMediaQuery('(min-width: 1600px)');
  const key = useMemo(() => ({ exchange, symbol, timeframe }), [exchange, symbol, timeframe]);
  const series = useSeries(key);
  const indicators = useWorkspace((workspace) => workspace.indicators);
  const overlays = useOverlays(series.store, indicators);
  const [marks, setMarks] = useState<OverlayPicture['plots']>([]);
  const picture = useMemo(() => ({ ...overlays, plots: [...overlays.plots, ...marks] }), [overlays, marks]);
  const actions = useIndicatorActions();
  const [editing, setEditing] = useState<string | null>(null);
  const edited = indicators.find(({ id }) => id === editing);
  const titleOf = (id: string): string => overlays.groups.find((group) => group.id === id)?.title ?? 'Indicator';
  const onOverlayAction = (id: string, action: GroupAction): void => {
    const panes = overlays.panes.map((pane) => pane.id);
    switch (action) {
      case 'edit':
        setEditing(id);
        return;
      case 'toggle':
        actions.toggle(id);
        return;
      case 'remove':
        actions.remove(id, titleOf(id));
        return;
      case 'up':
      case 'down':
        actions.move(id, action === 'up' ? -1 : 1, panes);
    }
  };

  useEffect(() => {
    document.title = `${symbol} ${timeframe} · Wickworks`;
  }, [symbol, timeframe]);

  const resize = (panel: string) => (size: number) =>
    dispatch(settingsChanged({ panelSizes: { ...sizes, [panel]: size } }));
  const watchlistPx = sizes['watchlist'] ?? WATCHLIST.fallback;
  const table = isBeside ? TABLE_BESIDE : TABLE_BELOW;
  const tablePanel = isBeside ? 'tableBeside' : 'tableBelow';
  const tablePx = sizes[tablePanel] ?? table.fallback;

  return (
    <div className="flex size-full min-h-0">
      <h1 className="sr-only">
        {symbol}, {timeframe} candles
      </h1>
      {isWide && watchlistOpen ? (
        <>
          <div className="min-h-0 shrink-0" style={{ width: watchlistPx }}>
            <ErrorBoundary subject="The watchlist">
              <Suspense fallback={null}>
                <Watchlist onAdd={() => openOverlay('add-market')} />
              </Suspense>
            </ErrorBoundary>
          </div>
          <Splitter
            label="Width of the watchlist"
            orientation="vertical"
            isBehind={false}
            value={watchlistPx}
            {...limits(WATCHLIST)}
            onChange={resize('watchlist')}
          />
        </>
      ) : null}
      <div className={isBeside ? 'flex min-w-0 flex-1' : 'flex min-w-0 flex-1 flex-col'}>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {isPhone ? (
            <Quote exchange={exchange} symbol={symbol} className="h-11 shrink-0 border-b-2 border-line px-2" />
          ) : null}
          <ErrorBoundary subject="The chart" resetKey={`${exchange} ${symbol} ${timeframe}`}>
            <ChartView
              series={series}
              overlays={picture}
              onOverlayAction={onOverlayAction}
              onAddIndicator={() => openOverlay('indicators')}
              onTemplates={() => openOverlay('templates')}
            />
          </ErrorBoundary>
          <ErrorBoundary subject="The signals of strategies" isLine>
            <Suspense fallback={null}>
              <SignalStrip exchange={exchange} symbol={symbol} onMarks={setMarks} />
            </Suspense>
          </ErrorBoundary>
        </div>
        {edited === undefined ? null : (
          <ErrorBoundary
            subject="The settings of the indicator"
            resetKey={edited.id}
            isLine
            onClose={() => setEditing(null)}
          >
            <Suspense fallback={null}>
              <IndicatorDialog
                choice={edited}
                title={titleOf(edited.id)}
                onOpenChange={(open) => {
                  if (!open) setEditing(null);
                }}
              />
            </Suspense>
          </ErrorBoundary>
        )}
        {tableOpen ? (
          <>
            <Splitter
              label="Size of the table"
              orientation={isBeside ? 'vertical' : 'horizontal'}
              isBehind
              value={tablePx}
              {...limits(table)}
              onChange={resize(tablePanel)}
            />
            <div
              className="min-h-0 shrink-0"
              style={isBeside ? { width: tablePx } : { height: `min(${String(tablePx)}px, 45%)` }}
            >
              <ErrorBoundary subject="The table" resetKey={`${exchange} ${symbol} ${timeframe}`}>
                <Suspense fallback={null}>
                  <OhlcvTable series={series} onClose={() => dispatch(settingsChanged({ tableOpen: false }))} />
                </Suspense>
              </ErrorBoundary>
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}

const limits = ({ min, max }: { min: number; max: number }): { min: number; max: number } => ({ min, max });
