import { lazy, Suspense, useEffect, useImperativeHandle, useLayoutEffect, useRef, type JSX } from 'react';
import { assert } from '@wickworks/core';
import { DEFAULT_CHART_OPTIONS, type ChartEvents, type ChartOptions } from '../model/chart-options.js';
import type { ChartProps } from './chart-types.js';
import { createChart, type ChartController } from './create-chart.js';

// Without it the chart goes on; who reads the table instead is told.
const ChartTable = lazy(() =>
  import('./chart-table.js').then(
    ({ ChartTable: component }) => ({ default: component }),
    () => ({ default: () => <p className="wick-chart-hidden">The candles as a table could not be loaded.</p> }),
  ),
);

/** The candle chart. Fills its parent; ticks reach it through `source`, so it re-renders only when its props change. */
export function Chart(props: ChartProps): JSX.Element {
  const { source, className, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const controller = useRef<ChartController>(null);

  useLayoutEffect(() => {
    const options = optionsOf(props);
    const events = eventsOf(props);
    if (controller.current) controller.current.update({ source, options, events });
    else if (host.current) controller.current = createChart(host.current, { source, options, events });
  });
  useEffect(
    () => () => {
      controller.current?.destroy();
      controller.current = null;
    },
    [],
  );
  useImperativeHandle(ref, () => {
    const mounted = (): ChartController => {
      assert(controller.current, 'the chart is mounted');
      return controller.current;
    };
    return {
      goToNow: () => mounted().goToNow(),
      goTo: (timeMs) => mounted().goTo(timeMs),
      show: (range) => mounted().show(range),
      fit: () => mounted().fit(),
      zoomIn: () => mounted().zoomIn(),
      zoomOut: () => mounted().zoomOut(),
      autoScale: () => mounted().autoScale(),
      visibleRange: () => mounted().visibleRange(),
      toPng: () => mounted().toPng(),
      toCsv: () => mounted().toCsv(),
      summary: () => mounted().summary(),
      focus: () => mounted().focus(),
    };
  }, []);

  return (
    <div className={className ?? 'wick-chart-frame'}>
      <div className="wick-chart-frame">
        <div ref={host} className="wick-chart-frame" />
        <Suspense fallback={null}>
          <ChartTable source={source} series={props.series} />
        </Suspense>
      </div>
    </div>
  );
}

function optionsOf(props: ChartProps): ChartOptions {
  const fallback = DEFAULT_CHART_OPTIONS;
  return {
    series: props.series,
    kind: props.kind ?? fallback.kind,
    priceScale: props.priceScale ?? fallback.priceScale,
    priceDecimals: props.priceDecimals ?? fallback.priceDecimals,
    timeZone: props.timeZone ?? fallback.timeZone,
    exchangeTimeZone: props.exchangeTimeZone ?? fallback.exchangeTimeZone,
    volume: props.volume ?? fallback.volume,
    magnet: props.magnet ?? fallback.magnet,
    plots: props.plots ?? fallback.plots,
    groups: props.groups ?? fallback.groups,
    panes: props.panes ?? fallback.panes,
    paneHeights: props.paneHeights ?? fallback.paneHeights,
    staleLabel: props.staleLabel ?? fallback.staleLabel,
    attribution: props.attribution ?? fallback.attribution,
    exchangeNow: props.exchangeNow ?? fallback.exchangeNow,
  };
}

function eventsOf(props: ChartProps): ChartEvents {
  return {
    ...(props.onNeedHistory && { onNeedHistory: props.onNeedHistory }),
    ...(props.onPaneHeights && { onPaneHeights: props.onPaneHeights }),
    ...(props.onCrosshair && { onCrosshair: props.onCrosshair }),
    ...(props.onVisibleRange && { onVisibleRange: props.onVisibleRange }),
    ...(props.onFollowing && { onFollowing: props.onFollowing }),
    ...(props.onGroupAction && { onGroupAction: props.onGroupAction }),
    ...(props.onAutoScale && { onAutoScale: props.onAutoScale }),
  };
}
