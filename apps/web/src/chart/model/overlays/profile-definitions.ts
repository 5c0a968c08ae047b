import { err, type Result } from '@wickworks/core';
import {
  findIndicator,
  indicators,
  number,
  parseParamValues,
  type IndicatorDefinition,
  type ParamIssue,
  type ParamSpec,
  type ParamValues,
} from '@wickworks/engine';

/** What can be put on a chart: an indicator of the engine, or something that only a picture can show. */
export type OverlayDefinition = Omit<IndicatorDefinition, 'create'>;

/** What a field for times can hold. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59);

const whole = (...of: Parameters<typeof number>): ParamSpec => ({ ...number(...of), whole: true });

const common = {
  rows: whole('Rows', 24, 2, 200, 1),
  share: number('Value area share', 0.7, 0.05, 1, 0.05),
  width: number('Width (share of the chart)', 0.25, 0.05, 1, 0.05),
  side: { kind: 'choice', title: 'Side', default: 'right', options: ['right', 'left'] },
} as const;

const shared = {
  group: 'volume',
  pane: 'price',
  levels: [],
  outputs: {
    rising: { title: 'Rising candles', plot: 'histogram', role: 'up' },
    falling: { title: 'Falling candles', plot: 'histogram', role: 'down' },
    poc: { title: 'Point of control', plot: 'line', role: 'primary' },
  },
} as const;

const RULE =
  'A candle’s volume is spread evenly over its span from low to high. The value area grows from the row with the most ' +
  'volume (point of control), the heavier neighbour first, until it holds the wanted share.';

/** Volume by price of the candles in sight, and of a stretch of time. */
export const PROFILE_DEFINITIONS: ReadonlyMap<string, OverlayDefinition> = new Map(
  [
    {
      ...shared,
      id: 'vp-visible',
      title: 'Volume profile (visible)',
      params: common,
      formula: `Volume by price of the candles in sight. ${RULE}`,
    },
    {
      ...shared,
      id: 'vp-fixed',
      title: 'Volume profile (fixed)',
      params: {
        fromMs: whole('From (UTC)', 0, 0, LAST_MS, 60_000),
        toMs: whole('To (UTC)', 0, 0, LAST_MS, 60_000),
        ...common,
        // The other edge than that of what is in sight: both may be on one chart.
        side: { ...common.side, default: 'left' },
      },
      formula: `Volume by price of the candles that open at or after the one time and before the other. ${RULE}`,
    },
  ].map((definition): [string, OverlayDefinition] => [definition.id, definition]),
);

/** Everything that can be put on a chart, by no particular order but each once. */
export const overlayDefinitions = (): OverlayDefinition[] => [...indicators.values(), ...PROFILE_DEFINITIONS.values()];

/** The one called `id`, undefined when unknown. */
export const findOverlay = (id: string): OverlayDefinition | undefined =>
  PROFILE_DEFINITIONS.get(id) ?? findIndicator(id);

/** Values of `definition`'s parameters, or one issue per wrong field; times must come one after the other. */
export function parseOverlayParams(
  definition: OverlayDefinition,
  raw: Readonly<Record<string, unknown>>,
): Result<ParamValues, readonly ParamIssue[]> {
  const parsed = parseParamValues(definition.params, raw);
  if (!parsed.ok || !PROFILE_DEFINITIONS.has(definition.id)) return parsed;
  const [fromMs, toMs] = [Number(parsed.value['fromMs'] ?? 0), Number(parsed.value['toMs'] ?? 0)];
  return toMs !== 0 && toMs <= fromMs ? err([{ field: 'toMs', message: 'must lie after the beginning' }]) : parsed;
}

/** True for a parameter that is a time, ms UTC; 0 leaves that end open. */
export const isTimeParam = (definition: OverlayDefinition, name: string): boolean =>
  PROFILE_DEFINITIONS.has(definition.id) && name.endsWith('Ms');
