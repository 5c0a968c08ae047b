import type { CandleColumns } from '@wickworks/core';
import { formatCompact, formatPrice } from '../../format/number.js';
import { dateParts } from '../../format/time.js';
import type { TableColumn } from '../../ui/table-model.js';

export interface OhlcvColumnsInput {
  /** Read at every call: the store may replace its columns as they grow. */
  candles: () => CandleColumns;
  priceDecimals: number | null;
  /** IANA name. */
  zone: string;
  /** Times of candles of a day and more need no clock. */
  showsClock: boolean;
}

type Price = 'open' | 'high' | 'low' | 'close';

/** The table's columns, reading straight from candle columns; CSV gets open times in ms UTC and raw numbers. */
export function ohlcvColumns({ candles, priceDecimals, zone, showsClock }: OhlcvColumnsInput): readonly TableColumn[] {
  const isUp = (row: number): boolean => (candles().close[row] ?? 0) >= (candles().open[row] ?? 0);
  const price = (id: Price): TableColumn => ({
    id,
    header: id,
    width: 'minmax(84px, 1fr)',
    value: (row) => candles()[id][row] ?? null,
    text: (row) => formatPrice(candles()[id][row] ?? NaN, priceDecimals),
    ...(id === 'close'
      ? { tone: (row: number) => (isUp(row) ? 'quote font-bold text-up' : 'quote font-bold text-down') }
      : { tone: () => 'quote' }),
  });
  return [
    {
      id: 'time',
      header: 'Time',
      align: 'left',
      width: showsClock ? '108px' : '92px',
      ascending: true,
      tone: () => 'text-muted',
      value: (row) => candles().time[row] ?? null,
      text: (row) => {
        const { date, minute } = dateParts(candles().time[row] ?? 0, zone);
        return showsClock ? `${date.slice(5)} ${minute}` : date;
      },
    },
    price('open'),
    price('high'),
    price('low'),
    price('close'),
    {
      id: 'volume',
      header: 'Volume',
      width: 'minmax(76px, 1fr)',
      tone: () => 'quote',
      value: (row) => candles().volume[row] ?? null,
      text: (row) => formatCompact(candles().volume[row] ?? NaN),
    },
  ];
}
