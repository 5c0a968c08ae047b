const MINUS = '−';

const fixed = new Map<number, Intl.NumberFormat>();

function formatterFor(decimals: number): Intl.NumberFormat {
  let formatter = fixed.get(decimals);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    fixed.set(decimals, formatter);
  }
  return formatter;
}

/** Decimals of a price step written as decimal text: `0.010` has 2, `1` has 0; `null` gives `null`. */
export function decimalsOfStep(step: string | null): number | null {
  if (step === null) return null;
  return (step.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** Decimals that show about six digits of `value`, for markets whose step is unknown. */
export const decimalsFor = (value: number): number => {
  const size = Math.abs(value);
  if (size === 0 || !Number.isFinite(size)) return 2;
  return Math.min(12, Math.max(2, 5 - Math.floor(Math.log10(size))));
};

/**
 * A price in quote currency with thousands separators; `decimals` of the market's step, or as many as tell it apart.
 * `null` gives a dash.
 */
export const formatPrice = (value: number | null, decimals: number | null): string =>
  value === null
    ? '–'
    : formatterFor(decimals ?? decimalsFor(value))
        .format(value)
        .replace('-', MINUS);

/** A ratio as percent with its sign: 0.0123 gives `+1.23 %`; `null` gives a dash. */
export function formatChange(ratio: number | null): string {
  if (ratio === null || !Number.isFinite(ratio)) return '–';
  const text = formatterFor(2).format(Math.abs(ratio * 100));
  const sign = Number(text.replaceAll(',', '')) === 0 ? '' : ratio > 0 ? '+' : MINUS;
  return `${sign}${text} %`;
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

/** A quantity in four digits or so: 12,345,678 gives `12.35M`. For looking, never for calculating. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  for (const [unit, letter] of UNITS) {
    // 999,995 would round to 1000.00K.
    if (size >= unit * 0.999995) return `${(value / unit).toFixed(2)}${letter}`.replace('-', MINUS);
  }
  return (size >= 100 || size === 0 ? value.toFixed(2) : value.toPrecision(4)).replace('-', MINUS);
}

/** A count with thousands separators. */
export const formatCount = (value: number): string => formatterFor(0).format(value);
