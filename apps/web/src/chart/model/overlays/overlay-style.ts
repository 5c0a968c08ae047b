import type { IndicatorDefinition, OutputSpec, ParamValues } from '@wickworks/engine';

/** Theme tokens that indicators take in turn. */
export const PLOT_COLORS = ['plot-1', 'plot-2', 'plot-3', 'plot-4', 'plot-5', 'plot-6'] as const;

/**
 * Outputs of price-pane indicators that are no prices: they would flatten the candles against the edge, and stand in
 * the legend only.
 */
export const LEGEND_ONLY: ReadonlySet<string> = new Set([
  'linreg-channel.slope',
  'pine-kc.width',
  'renko.bricks',
  'supertrend.direction',
  'zigzag.age',
  'zigzag.direction',
]);

/** Pivot levels lie up to some days' ranges away: a scale that held them all would flatten the candles. */
export const isOffScale = (definition: IndicatorDefinition, spec: OutputSpec): boolean =>
  definition.group === 'levels' && spec.plot === 'step' && spec.role !== 'sign';

/** Theme token of an output: what its role means, shades of one palette entry after another per indicator. */
export function colorOf(spec: OutputSpec, turn: number): string {
  const from = (step: number): string => PLOT_COLORS[(turn + step) % PLOT_COLORS.length] ?? PLOT_COLORS[0];
  switch (spec.role) {
    case 'primary':
      return from(0);
    case 'secondary':
      return from(1);
    case 'tertiary':
      return from(2);
    case 'muted':
      return 'muted';
    case 'up':
    case 'sign':
      return 'up';
    case 'down':
      return 'down';
  }
}

/** `EMA 20`, `BBANDS 20 2 2`, `SMA 9 hl2`: numbers always, words only where they differ from the default. */
export function titleOf(definition: IndicatorDefinition, params: ParamValues): string {
  const words = Object.entries(definition.params).flatMap(([name, spec]) => {
    const value = params[name] ?? spec.default;
    if (spec.kind === 'number') return [String(value)];
    if (value === spec.default) return [];
    return [spec.kind === 'flag' ? `${value === true ? '' : 'no '}${spec.title.toLowerCase()}` : String(value)];
  });
  return [definition.id.toUpperCase(), ...words].join(' ');
}

/** An indicator of prices is drawn over the candles, unless it is applied to volumes. */
export function isOverPrice(definition: IndicatorDefinition, params: ParamValues): boolean {
  if (definition.pane !== 'price') return false;
  return !Object.entries(definition.params).some(([name, spec]) => spec.kind === 'source' && params[name] === 'volume');
}
