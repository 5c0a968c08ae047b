import { useMemo } from 'react';
import type { TradeColumns } from '../../data/engine-worker-protocol.js';
import { formatChange, formatPrice } from '../../format/number.js';
import { formatDateTime, formatDuration } from '../../format/time.js';
import { DataTable } from '../../ui/data-table.js';
import type { TableColumn } from '../../ui/table-model.js';
import { toneOf } from './format-metric.js';

/** The trades of one strategy: their indexes; `null`: all of them. */
export function tradesOf(trades: TradeColumns, strategy: string | null): Uint32Array | null {
  const { strategy: owners, words, count } = trades;
  if (strategy === null || owners === null) return null;
  return Uint32Array.from({ length: count }, (_, index) => index).filter((index) => words[owners[index]!] === strategy);
}

/** The columns of a trade table; also what its CSV holds. `rows`: indexes of the trades it shows, all without. */
export function tradeTableColumns(
  trades: TradeColumns,
  zone: string,
  rows: Uint32Array | null,
): readonly TableColumn[] {
  const columns = columnsOf(trades, zone);
  if (rows === null) return columns;
  const of =
    <T,>(read: (trade: number) => T) =>
    (row: number): T =>
      read(rows[row] ?? 0);
  return columns.map(({ value, text, tone, ...column }) => ({
    ...column,
    value: of(value),
    ...(text && { text: of(text) }),
    ...(tone && { tone: of(tone) }),
  }));
}

function columnsOf(trades: TradeColumns, zone: string): readonly TableColumn[] {
  const { strategy } = trades;
  const wordOf = (index: number | undefined): string => trades.words[index ?? 0] ?? '';
  const time = (timeMs: number): string => (Number.isNaN(timeMs) ? 'open' : formatDateTime(timeMs, zone));
  const at = (column: Float64Array, row: number): number => column[row] ?? NaN;
  return [
    { id: 'trade', header: '#', value: (row) => row + 1, ascending: true, width: '64px' },
    { id: 'symbol', header: 'Market', value: (row) => wordOf(trades.symbol[row]), align: 'left', width: '104px' },
    ...(strategy === null
      ? []
      : [
          {
            id: 'strategy',
            header: 'Strategy',
            value: (row: number) => wordOf(strategy[row]),
            align: 'left' as const,
            width: '160px',
          },
        ]),
    {
      id: 'direction',
      header: 'Side',
      value: (row) => ((trades.direction[row] ?? 1) > 0 ? 'long' : 'short'),
      align: 'left',
      width: '72px',
    },
    {
      id: 'returnRatio',
      header: 'Return',
      value: (row) => at(trades.returnRatio, row),
      text: (row) => formatChange(at(trades.returnRatio, row)),
      tone: (row) => toneOf(at(trades.returnRatio, row)),
      width: '92px',
    },
    {
      id: 'pnl',
      header: 'Profit',
      value: (row) => at(trades.pnl, row),
      text: (row) => formatPrice(at(trades.pnl, row), 2),
      tone: (row) => toneOf(at(trades.pnl, row)),
      width: '112px',
    },
    {
      id: 'entryTimeMs',
      header: 'Entry',
      value: (row) => at(trades.entryTimeMs, row),
      text: (row) => time(at(trades.entryTimeMs, row)),
      width: '136px',
    },
    {
      id: 'exitTimeMs',
      header: 'Exit',
      value: (row) => at(trades.exitTimeMs, row),
      text: (row) => time(at(trades.exitTimeMs, row)),
      width: '136px',
    },
    {
      id: 'heldMs',
      header: 'Held',
      value: (row) => at(trades.exitTimeMs, row) - at(trades.entryTimeMs, row),
      text: (row) => {
        const ms = at(trades.exitTimeMs, row) - at(trades.entryTimeMs, row);
        return Number.isNaN(ms) ? '–' : formatDuration(ms);
      },
      width: '108px',
    },
    {
      id: 'entryPrice',
      header: 'Entry price',
      value: (row) => at(trades.entryPrice, row),
      text: (row) => formatPrice(at(trades.entryPrice, row), null),
      width: '112px',
    },
    {
      id: 'exitPrice',
      header: 'Exit price',
      value: (row) => at(trades.exitPrice, row),
      text: (row) => (Number.isNaN(at(trades.exitPrice, row)) ? '–' : formatPrice(at(trades.exitPrice, row), null)),
      width: '112px',
    },
    { id: 'quantity', header: 'Quantity', value: (row) => at(trades.quantity, row), width: '112px' },
    {
      id: 'fees',
      header: 'Fees',
      value: (row) => at(trades.fees, row),
      text: (row) => formatPrice(at(trades.fees, row), 2),
      width: '84px',
    },
    {
      id: 'maeRatio',
      header: 'Against',
      value: (row) => at(trades.maeRatio, row),
      text: (row) => formatChange(at(trades.maeRatio, row)),
      width: '88px',
    },
    {
      id: 'mfeRatio',
      header: 'For',
      value: (row) => at(trades.mfeRatio, row),
      text: (row) => formatChange(at(trades.mfeRatio, row)),
      width: '88px',
    },
    {
      id: 'entryReason',
      header: 'Entered by',
      value: (row) => wordOf(trades.entryReason[row]),
      align: 'left',
      width: 'minmax(140px, 1fr)',
    },
    {
      id: 'exitReason',
      header: 'Left by',
      value: (row) => wordOf(trades.exitReason[row]),
      align: 'left',
      width: 'minmax(140px, 1fr)',
    },
  ];
}

export interface TradeTableProps {
  trades: TradeColumns;
  /** Indexes of those shown; `null`: all. */
  rows: Uint32Array | null;
  zone: string;
  /** Changes with every run. */
  version: string | number;
  onOpen: (trade: number) => void;
  className?: string;
}

/** Every trade of a run: sortable, copied as CSV with Ctrl+C, explained on Enter or double click. */
export function TradeTable({ trades, rows, zone, version, onOpen, className }: TradeTableProps) {
  const columns = useMemo(() => tradeTableColumns(trades, zone, rows), [trades, zone, rows]);
  return (
    <DataTable
      label="Trades"
      columns={columns}
      rowCount={rows?.length ?? trades.count}
      version={version}
      onOpenRow={(row) => onOpen(rows?.[row] ?? row)}
      empty="The strategy made no trade in this range."
      {...(className === undefined ? {} : { className })}
    />
  );
}
