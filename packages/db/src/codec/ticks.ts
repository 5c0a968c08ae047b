/** More decimals than any exchange quotes; beyond them a value travels as its raw float64. */
const DECIMALS_MAX = 12;

/** Ticks stay below this, so that the difference of two, zigzagged, is still a whole number in float64. */
export const TICKS_MAX = 2 ** 50;

const POWERS_OF_TEN: readonly number[] = Array.from({ length: DECIMALS_MAX + 1 }, (_, index) => Number(`1e${index}`));

/** `10 ** decimals`, exact in float64; `decimals` is 0..{@link DECIMALS_MAX}. */
export const scaleOf = (decimals: number): number => POWERS_OF_TEN[decimals]!;

/**
 * The whole number of ticks with `value === ticks / scale` to the bit, or `NaN` when there is none below
 * {@link TICKS_MAX}. Division is correctly rounded and so is reading decimal text: every price with at most
 * `log10(scale)` decimals is such a quotient.
 */
export function exactTicks(value: number, scale: number): number {
  const ticks = Math.round(value * scale);
  if (ticks / scale !== value || ticks > TICKS_MAX || ticks < -TICKS_MAX) return NaN;
  return ticks === 0 && Object.is(value, -0) ? NaN : ticks;
}

/** How many values are looked at to choose the decimals of a column. */
const SAMPLE_SIZE = 1_024;
/** What one exception costs beside the bytes it saves: its position and its raw float64. */
const EXCEPTION_BYTES = 11;
/** Bytes that one more decimal adds to a value. */
const DECIMAL_BYTES = Math.log2(10) / 8;

/**
 * Decimals at which `columns` pack smallest: few for everyone, with the odd longer value as an exception, or
 * enough for all. Judged on a sample; a wrong guess costs space, never a value.
 */
export function chooseDecimals(columns: readonly Float64Array[], count: number): number {
  const needing = new Float64Array(DECIMALS_MAX + 2);
  const step = Math.max(1, Math.floor(count / SAMPLE_SIZE));
  let sampled = 0;
  for (const column of columns) {
    for (let index = 0; index < count; index += step, sampled++) {
      const decimals = decimalsOf(column[index]!);
      needing[decimals] = needing[decimals]! + 1;
    }
  }
  let best = 0;
  let bestCost = Infinity;
  let longer = sampled;
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    longer -= needing[decimals]!;
    const cost = longer * EXCEPTION_BYTES + sampled * decimals * DECIMAL_BYTES;
    if (cost < bestCost) [best, bestCost] = [decimals, cost];
  }
  return best;
}

/** Fewest decimals that say `value` exactly; one more than {@link DECIMALS_MAX} when none do. */
function decimalsOf(value: number): number {
  let decimals = 0;
  while (decimals <= DECIMALS_MAX && Number.isNaN(exactTicks(value, POWERS_OF_TEN[decimals]!))) decimals++;
  return decimals;
}
