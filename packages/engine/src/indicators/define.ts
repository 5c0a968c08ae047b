import type { Graph, Series } from './kernel/graph.js';
import type { ParamSpecs, ParamValues, ValuesOf } from './params.js';

/** Shelves of the indicator picker. */
export const GROUPS = [
  'average',
  'band',
  'momentum',
  'trend',
  'volume',
  'volatility',
  'price',
  'levels',
  'cycle',
  'statistics',
  'math',
  'pattern',
] as const;
export type IndicatorGroup = (typeof GROUPS)[number];

/** How an output is drawn. `band` fills up to the output named by `bandTo`; `markers` mark single candles. */
export type PlotStyle = 'line' | 'step' | 'dots' | 'histogram' | 'band' | 'markers';
/** What an output's colour means; the theme turns it into a colour. */
export type ColourRole = 'primary' | 'secondary' | 'tertiary' | 'muted' | 'up' | 'down' | 'sign';

export interface OutputSpec {
  readonly title: string;
  readonly plot: PlotStyle;
  readonly role: ColourRole;
  /** Output that the band is filled to. */
  readonly bandTo?: string;
  /** Numeric parameter by which the drawing moves to the right (−1 × it when `shiftBack`); values stay causal. */
  readonly shiftBy?: string;
  readonly shiftBack?: boolean;
  /** NaN means "nothing here" even after the warm-up. */
  readonly sparse?: boolean;
}
export type OutputSpecs = Readonly<Record<string, OutputSpec>>;

/** What people coming from TA-Lib call this: its function, parameter and output order. */
export interface TalibAlias {
  readonly name: string;
  /** TA-Lib's parameter name without `optIn` → ours. */
  readonly params: Readonly<Record<string, string>>;
  /** Our outputs in TA-Lib's order; all in our own order when left out. */
  readonly outputs?: readonly string[];
  /** TA-Lib's defaults where ours differ, by our parameter name. */
  readonly defaults: ParamValues;
}

/** One indicator: everything the picker, chart, REST metadata, docs and strategies need to know of it. */
export interface IndicatorDefinition {
  readonly id: string;
  readonly title: string;
  readonly group: IndicatorGroup;
  readonly params: ParamSpecs;
  readonly outputs: OutputSpecs;
  /** Drawn over the candles or in a pane of its own. */
  readonly pane: 'price' | 'own';
  /** Horizontal guide lines of its pane. */
  readonly levels: readonly number[];
  /** Where the formula comes from. */
  readonly formula: string;
  readonly talib?: TalibAlias;
  /** Names of Pine Script's built-ins that this stands for. */
  readonly pine?: readonly string[];
  /** Lays out the kernels for validated `params`; returns one series per output. */
  create(g: Graph, params: ParamValues): Readonly<Record<string, Series>>;
}

export interface IndicatorInput<P extends ParamSpecs, O extends OutputSpecs> {
  readonly id: string;
  readonly title: string;
  readonly group: IndicatorGroup;
  readonly params: P;
  readonly outputs: O;
  readonly pane?: 'price' | 'own';
  readonly levels?: readonly number[];
  readonly formula: string;
  readonly talib?: TalibAlias;
  /** Names of Pine Script's built-ins that this stands for. */
  readonly pine?: readonly string[];
  create(g: Graph, params: ValuesOf<P>): Readonly<Record<keyof O, Series>>;
}

/** Declares an indicator. `create` sees parameters by the types of their declarations. */
export function defineIndicator<const P extends ParamSpecs, const O extends OutputSpecs>(
  input: IndicatorInput<P, O>,
): IndicatorDefinition {
  return {
    pane: 'own',
    levels: [],
    ...input,
    // parseParamValues has checked every value against the very declaration that ValuesOf is read from.
    create: (g, params) => input.create(g, params as ValuesOf<P>),
  };
}

/** A line output. */
export const line = (title: string, role: ColourRole = 'primary', extra: Partial<OutputSpec> = {}): OutputSpec => ({
  title,
  plot: 'line',
  role,
  ...extra,
});
/** A histogram around zero, coloured by sign. */
export const histogram = (title: string, role: ColourRole = 'sign'): OutputSpec => ({ title, plot: 'histogram', role });
/** The edge of a band filled to output `bandTo`. */
export const band = (title: string, bandTo: string, role: ColourRole = 'muted'): OutputSpec => ({
  title,
  plot: 'band',
  role,
  bandTo,
});
/** Dots at single prices; with the role `sign` a price below zero means short and stands where its size says. */
export const dots = (title: string, role: ColourRole = 'primary'): OutputSpec => ({ title, plot: 'dots', role });
/** Levels that hold for a while. */
export const steps = (title: string, role: ColourRole = 'primary', extra: Partial<OutputSpec> = {}): OutputSpec => ({
  title,
  plot: 'step',
  role,
  ...extra,
});
/** Marks on single candles; NaN elsewhere. */
export const markers = (title: string, role: ColourRole = 'primary'): OutputSpec => ({
  title,
  plot: 'markers',
  role,
  sparse: true,
});

/** TA-Lib's name, its parameter names → ours, and its defaults where they differ. */
export const talib = (
  name: string,
  params: Readonly<Record<string, string>> = {},
  defaults: ParamValues = {},
): TalibAlias => ({ name, params, defaults });
