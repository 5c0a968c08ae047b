// Stands in for d3-interpolate: the chart's scales map numbers to pixels, never colours, dates or CSS transforms.
type Interpolator = (t: number) => number;

export const interpolateNumber =
  (a: number, b: number): Interpolator =>
  (t) =>
    a * (1 - t) + b * t;

export const interpolateRound = (a: number, b: number): Interpolator => {
  const exact = interpolateNumber(a, b);
  return (t) => Math.round(exact(t));
};

export { interpolateNumber as interpolate };

/** Asked for by scales the chart does not use. */
export const piecewise = (): never => {
  throw new Error('diverging d3 scales are left out of this build');
};
