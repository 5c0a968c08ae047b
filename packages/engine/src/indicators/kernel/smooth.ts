/** Exponential smoothing unrolled by four: weights of a difference that is 0, 1, 2 and 3 candles old. */
export interface SmoothWeights {
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  readonly w3: number;
}

/** The weights of `previous += weight × (value − previous)`. */
export function smoothWeights(weight: number): SmoothWeights {
  const keep = 1 - weight;
  return { w0: weight, w1: weight * keep, w2: weight * keep * keep, w3: weight * keep * keep * keep };
}

/** A column and the candle index of its first value: a whole column has 0, a scratch column its slice's start. */
export interface Placed {
  readonly values: Float64Array;
  readonly shift: number;
}

/** Candles since the last candle whose value all of its group of four are computed from; 0..3. */
export const smoothPhase = (index: number, seedIndex: number): number => (index - seedIndex - 1) & 3;

/**
 * Smooths candles `[from, to)` of `input` into `output`; the smoothing was seeded at `seedIndex`. Groups of four
 * candles, counted from the seed, are computed from the value before the group (`base`), so that a processor need not
 * wait for each candle's result to begin the next. Groups depend on the index alone: a whole column and single steps
 * give the same bits, and an input that does not change leaves the value exactly alone. Needs the input from the start
 * of the group that `from` lies in; returns the base of the group that `to` lies in.
 */
export function smooth(
  input: Placed,
  output: Placed,
  range: { readonly from: number; readonly to: number; readonly seedIndex: number; readonly base: number },
  weights: SmoothWeights,
): number {
  const { w0, w1, w2, w3 } = weights;
  const x = input.values;
  const y = output.values;
  const { to } = range;
  const lag = input.shift - output.shift;
  let base = range.base;
  let phase = smoothPhase(range.from, range.seedIndex);
  // From here on indices are those of the input's buffer.
  let i = range.from - input.shift;
  const end = to - input.shift;
  for (; phase !== 0 && i < end; i++) {
    const value = within(x, i, phase, base, weights);
    y[i + lag] = value;
    phase = (phase + 1) & 3;
    if (phase === 0) base = value;
  }
  for (; i + 4 <= end; i += 4) {
    const d0 = x[i]! - base;
    const d1 = x[i + 1]! - base;
    const d2 = x[i + 2]! - base;
    const d3 = x[i + 3]! - base;
    const at = i + lag;
    y[at] = base + w0 * d0;
    y[at + 1] = base + (w1 * d0 + w0 * d1);
    y[at + 2] = base + (w2 * d0 + w1 * d1 + w0 * d2);
    base += w3 * d0 + w2 * d1 + (w1 * d2 + w0 * d3);
    y[at + 3] = base;
  }
  for (let k = phase; i < end; i++, k++) y[i + lag] = within(x, i, k, base, weights);
  return base;
}

/** The value at `i`, `phase` candles into its group: the very operations of the loop over whole groups. */
export function within(
  x: Float64Array,
  i: number,
  phase: number,
  base: number,
  { w0, w1, w2, w3 }: SmoothWeights,
): number {
  if (phase === 0) return base + w0 * (x[i]! - base);
  if (phase === 1) return base + (w1 * (x[i - 1]! - base) + w0 * (x[i]! - base));
  if (phase === 2) return base + (w2 * (x[i - 2]! - base) + w1 * (x[i - 1]! - base) + w0 * (x[i]! - base));
  return base + (w3 * (x[i - 3]! - base) + w2 * (x[i - 2]! - base) + (w1 * (x[i - 1]! - base) + w0 * (x[i]! - base)));
}
