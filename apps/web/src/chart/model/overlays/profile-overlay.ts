import type { ParamValues } from '@wickworks/engine';
import { PRICE_PANE } from '../pane-stack.js';
import type { PlotSeries } from '../plot-series.js';
import type { OverlayInput } from './overlay-input.js';
import { colorOf } from './overlay-style.js';
import { parseOverlayParams, type OverlayDefinition } from './profile-definitions.js';
import { minuteOf, ProfilePlot } from './profile-plot.js';

/** A volume profile as a person chose it; its plot reads the candles itself when the chart lays a frame. */
export class ProfileOverlay {
  readonly input: OverlayInput;
  readonly definition: OverlayDefinition;
  readonly title: string;
  readonly pane = PRICE_PANE;
  /** Why nothing can be drawn, or null. */
  readonly problem: string | null;
  readonly plots: readonly PlotSeries[];

  constructor(input: OverlayInput, definition: OverlayDefinition) {
    this.input = input;
    this.definition = definition;
    const parsed = parseOverlayParams(definition, input.params);
    this.problem = parsed.ok ? null : parsed.error.map(({ field, message }) => `${field} ${message}`).join('; ');
    this.title = parsed.ok ? titleOf(definition, parsed.value) : definition.id.toUpperCase();
    this.plots = parsed.ok && !input.hidden ? [plotOf(input, definition, parsed.value)] : [];
  }

  /** Nothing is kept between frames that would have to be rebuilt. */
  isOutdated(): boolean {
    return false;
  }

  follow(): void {
    // The plot reads the source.
  }

  rebuild(): void {
    // As above.
  }
}

/** Null where the range is what is in sight. */
function rangeOf({ fromMs, toMs }: ParamValues): { fromMs: number; toMs: number } | null {
  if (fromMs === undefined) return null;
  return { fromMs: Number(fromMs), toMs: Number(toMs) === 0 ? Infinity : Number(toMs) };
}

function plotOf(input: OverlayInput, definition: OverlayDefinition, params: ParamValues): ProfilePlot {
  const colorFor = (output: string): string => {
    const spec = definition.outputs[output];
    return input.colors[output] ?? (spec ? colorOf(spec, input.turn) : 'ink');
  };
  return new ProfilePlot({
    id: `${input.id}.profile`,
    group: input.id,
    rows: Number(params['rows']),
    share: Number(params['share']),
    width: Number(params['width']),
    isLeft: params['side'] === 'left',
    colors: {
      rising: colorFor('rising'),
      falling: colorFor('falling'),
      poc: colorFor('poc'),
    },
    lineWidthPx: input.widthPx,
    range: rangeOf(params),
  });
}

function titleOf(definition: OverlayDefinition, params: ParamValues): string {
  const name = `${definition.id.toUpperCase()} ${String(params['rows'])}`;
  const range = rangeOf(params);
  if (!range) return name;
  const from = range.fromMs === 0 ? 'all' : minuteOf(range.fromMs);
  return `${name} ${from}${range.toMs === Infinity ? '' : ` to ${minuteOf(range.toMs)}`}`;
}
