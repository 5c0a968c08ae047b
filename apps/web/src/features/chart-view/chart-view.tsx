import { useCallback, useRef } from 'react';
import { Chart } from '../../chart/api/chart.js';
import type { ChartHandle, GroupAction } from '../../chart/api/chart-types.js';
import type { OverlayPicture } from '../../chart/model/overlays/indicator-overlays.js';
import { useAgeMs, useConnection, useMarket } from '../../data/hooks.js';
import type { SeriesHandle } from '../../data/hooks-api.js';
import { settingsChanged, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { decimalsFor, decimalsOfStep } from '../../format/number.js';
import { ErrorState } from '../../ui/error-state.js';
import { notify } from '../../ui/toast-store.js';
import { ChartToolbar } from './chart-toolbar.js';
import { saveFile } from '../../ui/save-file.js';
import { staleLabel } from './stale-label.js';

export interface ChartViewProps {
  series: SeriesHandle;
  /** What is drawn besides the candles. */
  overlays: OverlayPicture;
  onOverlayAction: (id: string, action: GroupAction) => void;
  onAddIndicator: () => void;
  onTemplates: () => void;
}

/** The chart of one series with its toolbar. Ticks go from the store to the canvas and render nothing here. */
export function ChartView({
  series: { store, state, retry },
  overlays,
  onOverlayAction,
  onAddIndicator,
  onTemplates,
}: ChartViewProps) {
  const { key } = store;
  const chart = useRef<ChartHandle>(null);
  const dispatch = useWorkspaceDispatch();
  const kind = useWorkspace((workspace) => workspace.chartKind);
  const priceScale = useWorkspace((workspace) => workspace.priceScale);
  const timeZone = useWorkspace((workspace) => workspace.timeZone);
  const volume = useWorkspace((workspace) => workspace.volume);
  const magnet = useWorkspace((workspace) => workspace.magnet);
  const paneHeights = useWorkspace((workspace) => workspace.paneHeights);
  const market = useMarket(key.exchange, key.symbol);
  const { replay } = useConnection(key.exchange);
  // The age ticks once per second: asked for only while it is shown.
  const ageMs = useAgeMs(state.phase === 'live' || state.phase === 'loading' ? null : state.lastMessageMs);
  const lastClose = store.candles.close[store.candles.length - 1] ?? 0;

  const isRefused = state.phase === 'failed' || (state.phase === 'loading' && state.problem !== null);

  const onNeedHistory = useCallback((beforeMs: number) => store.requestHistory(beforeMs), [store]);
  const exchangeNow = useCallback(() => store.exchangeNow(), [store]);
  const onPaneHeights = useCallback(
    (heights: Readonly<Record<string, number>>) => dispatch(settingsChanged({ paneHeights: { ...heights } })),
    [dispatch],
  );

  const name = `${key.exchange} ${key.symbol} ${key.timeframe}`;
  const exportPng = (): void => {
    chart.current?.toPng().then(
      (blob) => saveFile(blob, `${name}.png`),
      (error: unknown) =>
        notify({
          tone: 'bad',
          title: 'Picture not saved',
          text: error instanceof Error ? error.message : String(error),
        }),
    );
  };
  const exportCsv = (): void => {
    if (chart.current !== null) saveFile(new Blob([chart.current.toCsv()], { type: 'text/csv' }), `${name}.csv`);
  };

  return (
    <div className="flex min-h-0 w-full flex-1 flex-col">
      <ChartToolbar
        chart={() => chart.current}
        onAddIndicator={onAddIndicator}
        onTemplates={onTemplates}
        onExportPng={exportPng}
        onExportCsv={exportCsv}
      />
      {isRefused ? (
        <ErrorState
          className="m-4"
          title={state.problem?.title ?? 'The server refused this series'}
          text={state.problem?.detail ?? ''}
          {...(state.problem === null ? {} : { reference: state.problem.requestId })}
          onRetry={retry}
        />
      ) : (
        <div className="relative min-h-0 flex-1">
          <Chart
            ref={chart}
            className="absolute inset-0"
            source={store}
            series={key}
            kind={kind}
            priceScale={priceScale}
            priceDecimals={decimalsOfStep(market?.priceTick ?? null) ?? decimalsFor(lastClose)}
            timeZone={timeZone}
            volume={volume}
            magnet={magnet}
            paneHeights={paneHeights}
            plots={overlays.plots}
            panes={overlays.panes}
            groups={overlays.groups}
            onGroupAction={onOverlayAction}
            staleLabel={staleLabel(state.phase, ageMs)}
            attribution={replay === null ? 'Wickworks' : `Wickworks · ${replay.sources[key.symbol] ?? replay.text}`}
            exchangeNow={exchangeNow}
            onNeedHistory={onNeedHistory}
            onPaneHeights={onPaneHeights}
          />
          {state.problem === null ? null : (
            <p
              role="alert"
              className="absolute inset-x-0 top-0 border-b-2 border-down bg-bg px-3 py-1 text-xs font-bold"
            >
              {state.problem.title}: {state.problem.detail}
            </p>
          )}
          {state.phase === 'loading' ? (
            <p
              role="status"
              className="caps pointer-events-none absolute inset-0 flex items-center justify-center text-muted"
            >
              Loading candles…
            </p>
          ) : null}
        </div>
      )}
    </div>
  );
}
