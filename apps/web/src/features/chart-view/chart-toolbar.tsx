import {
  Camera,
  ChartColumn,
  ChartSpline,
  Download,
  LayoutTemplate,
  Magnet,
  Maximize,
  SkipForward,
  Table,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import {
  CHART_KINDS,
  PRICE_SCALES,
  type ChartHandle,
  type ChartKind,
  type PriceScaleKind,
} from '../../chart/api/chart-types.js';
import { settingsChanged, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { IconButton } from '../../ui/icon-button.js';
import { NativeSelect } from '../../ui/native-select.js';

const KIND_NAMES: Readonly<Record<ChartKind, string>> = {
  candles: 'Candles',
  hollow: 'Hollow',
  bars: 'Bars',
  line: 'Line',
  area: 'Area',
  baseline: 'Baseline',
  'heikin-ashi': 'Heikin-Ashi',
};
const SCALE_NAMES: Readonly<Record<PriceScaleKind, string>> = { linear: 'Linear', log: 'Log', percent: 'Percent' };

export interface ChartToolbarProps {
  /** The chart as it is when a button is pressed; `null` before it is drawn. */
  chart: () => ChartHandle | null;
  onAddIndicator: () => void;
  onTemplates: () => void;
  onExportPng: () => void;
  onExportCsv: () => void;
}

/** How the chart is drawn, and what can be done with it. */
export function ChartToolbar({ chart, onAddIndicator, onTemplates, onExportPng, onExportCsv }: ChartToolbarProps) {
  const dispatch = useWorkspaceDispatch();
  const kind = useWorkspace((workspace) => workspace.chartKind);
  const scale = useWorkspace((workspace) => workspace.priceScale);
  const magnet = useWorkspace((workspace) => workspace.magnet);
  const volume = useWorkspace((workspace) => workspace.volume);
  const tableOpen = useWorkspace((workspace) => workspace.tableOpen);
  return (
    <div
      role="toolbar"
      aria-label="Chart"
      className="flex h-9 shrink-0 items-center gap-0.5 border-b-2 border-line pr-1 max-sm:overflow-x-auto max-sm:[scrollbar-width:none] touch:h-11"
    >
      <NativeSelect
        label="Chart style"
        className="border-r-2 border-line"
        value={kind}
        onChange={(chartKind) => dispatch(settingsChanged({ chartKind }))}
        options={CHART_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
      />
      <NativeSelect
        label="Price scale"
        className="mr-1 border-r-2 border-line"
        value={scale}
        onChange={(priceScale) => dispatch(settingsChanged({ priceScale }))}
        options={PRICE_SCALES.map((value) => ({ value, label: SCALE_NAMES[value] }))}
      />
      <button
        type="button"
        onClick={onAddIndicator}
        className="flex h-full items-center gap-1.5 px-2 text-xs font-bold hover:bg-raised focus-visible:-outline-offset-2"
      >
        <ChartSpline className="size-4" aria-hidden />
        Indicators
      </button>
      <IconButton icon={LayoutTemplate} label="Chart templates" size="sm" onClick={onTemplates} />
      <IconButton
        icon={Magnet}
        label="Snap the crosshair to prices"
        size="sm"
        pressed={magnet}
        onClick={() => dispatch(settingsChanged({ magnet: !magnet }))}
        className="max-sm:hidden"
      />
      <IconButton
        icon={ChartColumn}
        label="Volume"
        size="sm"
        pressed={volume}
        onClick={() => dispatch(settingsChanged({ volume: !volume }))}
        className="max-sm:hidden"
      />
      <span className="flex-1" />
      <IconButton
        icon={ZoomOut}
        label="Zoom out"
        size="sm"
        onClick={() => chart()?.zoomOut()}
        className="max-sm:hidden"
      />
      <IconButton icon={ZoomIn} label="Zoom in" size="sm" onClick={() => chart()?.zoomIn()} className="max-sm:hidden" />
      <IconButton
        icon={Maximize}
        label="Show all loaded candles"
        size="sm"
        onClick={() => chart()?.fit()}
        className="max-sm:hidden"
      />
      <IconButton icon={SkipForward} label="Go to now" size="sm" onClick={() => chart()?.goToNow()} />
      <IconButton icon={Camera} label="Save as picture" size="sm" tipSide="left" onClick={onExportPng} />
      <IconButton icon={Download} label="Save visible candles as CSV" size="sm" tipSide="left" onClick={onExportCsv} />
      <IconButton
        icon={Table}
        label="Table of candles"
        size="sm"
        tipSide="left"
        pressed={tableOpen}
        onClick={() => dispatch(settingsChanged({ tableOpen: !tableOpen }))}
      />
    </div>
  );
}
