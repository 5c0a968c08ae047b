/** Sum of `values`, Neumaier's compensation: long runs lose no digits. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean; NaN for none. */
export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

/** Mean of `(value − mean)^power`. */
function centralMoment(values: ArrayLike<number>, power: number): number {
  const middle = mean(values);
  return mean(Float64Array.from({ length: values.length }, (_, i) => (values[i]! - middle) ** power));
}

/** Values that differ by a smaller share of the largest than this are equal: the rest is rounding. */
const EQUAL = 1e-9;

/** Standard deviation of a sample (n − 1), 0 of equal values; NaN below two. */
export function deviation(values: ArrayLike<number>): number {
  if (values.length < 2) return NaN;
  const scatter = Math.sqrt((centralMoment(values, 2) * values.length) / (values.length - 1));
  const [low, high] = extremesOf(values);
  return scatter > EQUAL * Math.max(-low, high) ? scatter : 0;
}

/** Central moment in units of the population deviation: 3 is skewness, 4 kurtosis (3 if normal); NaN of equal values. */
export const standardMoment = (values: ArrayLike<number>, power: number): number =>
  deviation(values) > 0 ? centralMoment(values, power) / centralMoment(values, 2) ** (power / 2) : NaN;

/** Value below which `share` (0..1) of `values` lie, linear between neighbours (Hyndman and Fan's type 7). */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (at - below);
}

/** Mean of the values at or below `limit`. */
export const meanBelow = (values: Float64Array, limit: number): number =>
  mean(values.filter((value) => value <= limit));

/** Lowest and highest value; NaN for none. */
export function extremesOf(values: ArrayLike<number>): readonly [lowest: number, highest: number] {
  let low = values[0] ?? NaN;
  let high = low;
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Share (0..1) above 0 of the values other than 0. */
export function shareAbove(values: ArrayLike<number>): number {
  let above = 0;
  let moved = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > 0) above++;
    if (values[i]! !== 0) moved++;
  }
  return above / moved;
}

/** Sample covariance (n − 1) of two rows of one length; NaN when they have not. */
export function covarianceOf(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length || a.length < 2) return NaN;
  const middleA = mean(a);
  const middleB = mean(b);
  return sum(a.map((value, i) => (value - middleA) * (b[i]! - middleB))) / (a.length - 1);
}

/** Pearson's correlation, −1..1; NaN when one does not vary. */
export const correlationOf = (a: Float64Array, b: Float64Array): number =>
  deviation(a) > 0 && deviation(b) > 0 ? covarianceOf(a, b) / Math.sqrt(covarianceOf(a, a) * covarianceOf(b, b)) : NaN;

/** `√(1 + 2 Σ (n − k)/n × |ρ|^k)`, ρ the correlation of each value with the next. Source: quantstats. */
export function autocorrelationPenalty(values: Float64Array): number {
  const { length } = values;
  const rho = Math.abs(correlationOf(values.subarray(0, -1), values.subarray(1)));
  let total = 0;
  for (let lag = 1; lag < length; lag++) total += ((length - lag) / length) * rho ** lag;
  return Math.sqrt(1 + 2 * total);
}

/** Distance below the highest point so far of the growth that `returns` compound to: 0 or less. */
export function drawdownsOfReturns(returns: Float64Array): Float64Array {
  let growth = 1;
  let peak = 1;
  return returns.map((value) => {
    growth *= 1 + value;
    if (growth > peak) peak = growth;
    return growth / peak - 1;
  });
}
