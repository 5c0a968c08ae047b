import type { ChartActions } from './chart-actions.js';

const ZOOM_FACTOR = 1.25;

/** What a key does while the chart has the focus; the handler, the chart's description and the help dialog read it. */
export interface ChartKey {
  /** As a reader sees it: chords in the notation of the page's shortcuts, blanks between alternatives. */
  readonly keys: string;
  readonly label: string;
  /** By `KeyboardEvent.key`, with `shift+` where it must be held; letters in lower case. */
  readonly on: Readonly<Record<string, (actions: ChartActions) => void>>;
}

export const CHART_KEYS: readonly ChartKey[] = [
  {
    keys: '← →',
    label: 'Move the crosshair by a candle',
    on: { ArrowLeft: (chart) => chart.moveCrosshair(-1), ArrowRight: (chart) => chart.moveCrosshair(1) },
  },
  {
    keys: 'shift+← shift+→',
    label: 'Pan',
    on: { 'shift+ArrowLeft': (chart) => chart.scroll(-0.1), 'shift+ArrowRight': (chart) => chart.scroll(0.1) },
  },
  {
    keys: 'shift+up shift+down',
    label: 'Stretch or squeeze the price scale',
    on: {
      'shift+ArrowUp': (chart) => chart.stretch(1 / ZOOM_FACTOR),
      'shift+ArrowDown': (chart) => chart.stretch(ZOOM_FACTOR),
    },
  },
  {
    keys: '+ -',
    label: 'Zoom in, zoom out',
    on: {
      '+': (chart) => chart.zoomCentre(ZOOM_FACTOR),
      '=': (chart) => chart.zoomCentre(ZOOM_FACTOR),
      '-': (chart) => chart.zoomCentre(1 / ZOOM_FACTOR),
      _: (chart) => chart.zoomCentre(1 / ZOOM_FACTOR),
    },
  },
  {
    keys: 'PageUp PageDown',
    label: 'Scroll by a screen',
    on: { PageUp: (chart) => chart.scroll(-0.9), PageDown: (chart) => chart.scroll(0.9) },
  },
  {
    keys: 'Home End',
    label: 'First loaded candle, newest candle',
    on: { Home: (chart) => chart.goToStart(), End: (chart) => chart.goToNow() },
  },
  { keys: 'a', label: 'Scale automatically', on: { a: (chart) => chart.autoScale() } },
  { keys: 'escape', label: 'Hide the crosshair', on: { Escape: (chart) => chart.hideCrosshair() } },
];

const byPress = new Map(CHART_KEYS.flatMap(({ on }) => Object.entries(on)));

/** What a key press does, if anything. `+` and the like need Shift on some keyboards, so only named keys tell it apart. */
export function actionOfKey({
  key,
  shiftKey,
}: {
  key: string;
  shiftKey: boolean;
}): ((on: ChartActions) => void) | undefined {
  if (key.length === 1) return byPress.get(key.toLowerCase());
  return byPress.get(shiftKey && key.startsWith('Arrow') ? `shift+${key}` : key);
}
