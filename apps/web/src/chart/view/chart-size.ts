/** Sizes of the parts of a chart, CSS pixels. The plot takes what the axes leave. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly dpr: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
}

const TIME_AXIS_PX = 26;
const AXIS_PADDING_PX = 20;

/** Shares out `width` × `height` for price labels of up to `labelChars` characters, each `charPx` wide. */
export function chartSize(input: {
  width: number;
  height: number;
  dpr: number;
  labelChars: number;
  charPx: number;
}): ChartSize {
  const axis = Math.ceil(input.labelChars * input.charPx) + AXIS_PADDING_PX;
  return {
    width: input.width,
    height: input.height,
    dpr: input.dpr,
    plotWidth: Math.max(1, Math.floor(input.width - axis)),
    plotHeight: Math.max(1, Math.floor(input.height - TIME_AXIS_PX)),
  };
}
