/** Exact decimal text of `units × 10^-decimals`, without trailing zeros; `units` is a safe integer. */
export function decimalText(units: number, decimals: number): string {
  const sign = units < 0 ? '-' : '';
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? (whole === '0' ? '0' : sign + whole) : `${sign}${whole}.${fraction}`;
}

/** Money (quote) as decimal text, rounded to 10^-8. */
export const moneyText = (quote: number): string => decimalText(Math.round(quote * 1e8), 8);
