/** Exact decimal text of `units × 10^-decimals`, without trailing zeros; `units` is a safe integer. */
export function decimalText(units: number, decimals: number): string {
  const sign = units < 0 ? '-' : '';
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === ZERO) end--;
  const text = end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`;
  return sign + text;
}

const ZERO = '0'.charCodeAt(0);

/** Money (quote) as decimal text, rounded to 10^-8. */
export const moneyText = (quote: number): string => decimalText(Math.round(quote * 1e8), 8);
