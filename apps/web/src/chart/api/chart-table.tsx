import { useState, type JSX } from 'react';
import { toRows, type CandleRow, type SeriesKey } from '@wickworks/core';
import { plainDecimal } from '../model/csv.js';
import type { SeriesSource } from '../model/series-source.js';

const ROW_COUNT = 100;
const COLUMNS = ['Open time (UTC)', 'Open', 'High', 'Low', 'Close', 'Volume'] as const;

/** A button, visible once focused, that lays the newest candles over the chart as a table for screen readers. */
export function ChartTable({ source, series }: { source: SeriesSource; series: SeriesKey }): JSX.Element {
  const [rows, setRows] = useState<readonly CandleRow[] | null>(null);
  const toggle = (): void => {
    const { candles } = source;
    setRows(rows ? null : toRows(candles, candles.length - ROW_COUNT).reverse());
  };
  return (
    <>
      {rows && (
        <div className="wick-chart-table" role="region" aria-label="Newest candles" tabIndex={0}>
          <table>
            <caption>{`Newest ${rows.length} candles of ${series.symbol} ${series.timeframe}, newest first`}</caption>
            <thead>
              <tr>
                {COLUMNS.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row[0]}>
                  <th scope="row">{new Date(row[0]).toISOString().replace('.000Z', 'Z')}</th>
                  {row.slice(1).map((value, column) => (
                    <td key={COLUMNS[column + 1]}>{plainDecimal(value)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <button
        type="button"
        className="wick-chart-hidden wick-chart-reveal"
        aria-expanded={rows !== null}
        onClick={toggle}
      >
        {rows ? 'Close the table' : `Show the newest ${ROW_COUNT} candles as a table`}
      </button>
    </>
  );
}
