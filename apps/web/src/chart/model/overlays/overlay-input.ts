/** One indicator on a chart, as a person chose it. */
export interface OverlayInput {
  /** Unique within the chart. */
  readonly id: string;
  /** Id of the engine's indicator, e.g. `ema`. */
  readonly indicator: string;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly hidden: boolean;
  /** CSS colours or theme tokens by output; others take what the declaration and the palette give. */
  readonly colors: Readonly<Record<string, string>>;
  /** Entry of the palette that it begins with. */
  readonly turn: number;
  /** CSS pixels. */
  readonly widthPx: number;
}
