/** `1 candle`, `2 candles`, `1,234 candles`. */
export const countText = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** Text without the control characters by which a name from elsewhere could steer a terminal, or break a table. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd');

/** Rows as aligned columns under `header`. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows.map((row) => row.map(printable))];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `binance BTC/USDT`. */
export const marketText = ({ exchange, symbol }: { readonly exchange: string; readonly symbol: string }): string =>
  `${exchange} ${symbol}`;
