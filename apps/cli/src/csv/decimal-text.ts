/** Plain decimal text without exponent that reads back as exactly `value` (finite). */
export function plainDecimal(value: number): string {
  const text = String(value); // the shortest digits that read back as the same float64
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', first = '', rest = '', exponentText = '0'] = parts;
  const exponent = Number(exponentText);
  const digits = first + rest;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, '0');
}
