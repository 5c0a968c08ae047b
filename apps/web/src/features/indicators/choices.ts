import type { OverlayDefinition } from '../../chart/api/overlay-definitions.js';
import {
  INDICATORS_MAX,
  type ChartTemplate,
  type IndicatorChoice,
  type Workspace,
} from '../../data/workspace-schema.js';

const RECENT_MAX = 12;
const PALETTE = 6;

const newId = (): string => crypto.randomUUID().slice(0, 8);

/** The workspace's fields after `definition` was added with its defaults; null when the chart is full. */
export function added(
  workspace: Workspace,
  definition: Pick<OverlayDefinition, 'id' | 'params'>,
): Pick<Workspace, 'indicators' | 'recentIndicators'> | null {
  const { indicators, recentIndicators } = workspace;
  if (indicators.length >= INDICATORS_MAX) return null;
  const params = Object.fromEntries(Object.entries(definition.params).map(([name, spec]) => [name, spec.default]));
  const choice: IndicatorChoice = {
    id: newId(),
    indicator: definition.id,
    params,
    hidden: false,
    colors: {},
    turn: leastUsedTurn(indicators),
    widthPx: 1.5,
  };
  const recent = [definition.id, ...recentIndicators.filter((id) => id !== definition.id)].slice(0, RECENT_MAX);
  return { indicators: [...indicators, choice], recentIndicators: recent };
}

/** The palette entry that begins the fewest indicators. */
function leastUsedTurn(indicators: readonly IndicatorChoice[]): number {
  const uses = Array.from({ length: PALETTE }, (_, turn) => indicators.filter((choice) => choice.turn === turn).length);
  return uses.indexOf(Math.min(...uses));
}

/** `indicators` with the one called `id` moved by one place among those in `panes`, the ids that have panes of their own. */
export function moved(
  indicators: readonly IndicatorChoice[],
  id: string,
  by: -1 | 1,
  panes: readonly string[],
): readonly IndicatorChoice[] {
  const neighbour = panes[panes.indexOf(id) + by];
  const from = indicators.findIndex((choice) => choice.id === id);
  const to = indicators.findIndex((choice) => choice.id === neighbour);
  const choice = indicators[from];
  if (!choice || to < 0) return indicators;
  return indicators.toSpliced(from, 1).toSpliced(to, 0, choice);
}

/** The chart's look as a template called `name`. */
export function templateOf(workspace: Workspace, name: string): ChartTemplate {
  const { chartKind, priceScale, volume, indicators } = workspace;
  return { name, chartKind, priceScale, volume, indicators };
}

/** What the workspace takes over from `template`; its indicators get ids of their own. */
export function applied(
  template: ChartTemplate,
): Pick<Workspace, 'chartKind' | 'priceScale' | 'volume' | 'indicators'> {
  const { chartKind, priceScale, volume, indicators } = template;
  return { chartKind, priceScale, volume, indicators: indicators.map((choice) => ({ ...choice, id: newId() })) };
}
