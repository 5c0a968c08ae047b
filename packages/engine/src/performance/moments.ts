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
export function centralMoment(values: ArrayLike<number>, power: number): number {
  const middle = mean(values);
  return mean(Float64Array.from({ length: values.length }, (_, i) => (values[i]! - middle) ** power));
}

/** Standard deviation of a sample (n − 1); NaN below two values. */
export const deviation = (values: ArrayLike<number>): number =>
  values.length < 2 ? NaN : Math.sqrt((centralMoment(values, 2) * values.length) / (values.length - 1));

/** Value below which `share` (0..1) of `values` lie, linear between neighbours (Hyndman and Fan's type 7). */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (at - below);
}
