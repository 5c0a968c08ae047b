/** Commas between the thousands of a plain decimal. */
const grouped = (text: string): string => {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  return whole.length <= 3 ? text : whole.replace(/\B(?=(\d{3})+$)/g, ',') + text.slice(whole.length);
};

/** A price with the market's decimals, e.g. `65,123.40`. */
export const formatPrice = (price: number, decimals: number): string => grouped(price.toFixed(decimals));

/** A difference of prices with its sign; zero has none. */
export function formatChange(change: number, decimals: number): string {
  const text = Math.abs(change).toFixed(decimals);
  const sign = Number(text) === 0 ? '' : change > 0 ? '+' : '−';
  return sign + grouped(text);
}

const UNITS: readonly (readonly [limit: number, suffix: string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
];

/** A quantity in four significant digits or so: `0.0123`, `12.35`, `1.235K`, `12.35M`. */
export function formatQuantity(quantity: number): string {
  const size = Math.abs(quantity);
  for (const [limit, suffix] of UNITS) {
    if (size >= limit * 0.99995) return (quantity / limit).toPrecision(4) + suffix;
  }
  if (size === 0) return '0';
  return size >= 0.0001 ? String(Number(quantity.toPrecision(4))) : quantity.toExponential(2);
}

/** A round quantity on an axis, without the zeros of {@link formatQuantity}: `8K`, `12.5M`, `0.25`. */
export function formatTickQuantity(quantity: number): string {
  return formatQuantity(quantity)
    .replace(/(\.\d*?)0+(\D?)$/, '$1$2')
    .replace(/\.(\D?)$/, '$1');
}

/** `3725000` ms as `1:02:05`; days are written out. Negative counts as zero. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days}d ${two(hours)}h`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${two(minutes)}:${two(seconds % 60)}`;
}
