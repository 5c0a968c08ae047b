/** Mean of a normal distribution's lowest 5 %, in deviations below its mean: φ(Φ⁻¹(0.05)) ÷ 0.05. */
export const NORMAL_SHORTFALL_5_PERCENT = 2.0627128075074257;

/**
 * 1 − Φ(z), the normal distribution's upper tail, to 1e-15 absolute. G. West, "Better Approximations to Cumulative Normal
 * Functions" (2005), after J. F. Hart (1968).
 */
export function upperTail(z: number): number {
  const x = Math.abs(z);
  if (x > 37) return z > 0 ? 0 : 1;
  const density = Math.exp((-x * x) / 2);
  let tail: number;
  if (x < 7.07106781186547) {
    const numerator =
      ((((((3.52624965998911e-2 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x +
        112.079291497871) *
        x +
        221.213596169931) *
        x +
        220.206867912376) *
      density;
    const denominator =
      ((((((8.83883476483184e-2 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x +
        296.564248779674) *
        x +
        637.333633378831) *
        x +
        793.826512519948) *
        x +
      440.413735824752;
    tail = numerator / denominator;
  } else {
    const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
    tail = density / fraction / 2.506628274631;
  }
  return z > 0 ? tail : 1 - tail;
}

/** Φ⁻¹(p) for p in 0..1, by bisection on {@link upperTail}: it is asked once a run, so plain beats fast. */
export function normalQuantile(p: number): number {
  let low = -38;
  let high = 38;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (upperTail(-middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
