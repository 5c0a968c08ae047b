import type { BreakdownRow } from '@wickworks/engine';
import { formatCount, formatPrice } from '../../format/number.js';
import { cn } from '../../ui/cn.js';
import { toneOf } from './format-metric.js';

/** Trades grouped by something: how many, how often they won, what they made together. */
export function BreakdownList({ title, rows }: { title: string; rows: readonly BreakdownRow[] }) {
  const most = rows.reduce((max, { pnl }) => Math.max(max, Math.abs(pnl)), 1e-9);
  return (
    <div className="min-w-0 overflow-x-auto" tabIndex={0} role="group" aria-label={title}>
      <table className="w-full text-right text-2xs">
        <caption className="caps border-b-2 border-line pb-1 text-left text-muted">{title}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Profit as a bar</th>
            <th scope="col">Trades</th>
            <th scope="col">Won</th>
            <th scope="col">Profit</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, pnl, roundTrips, winRatio }) => (
            <tr key={key} className="border-b border-hair">
              <th scope="row" className="max-w-40 truncate py-0.5 pr-2 text-left font-bold" title={key}>
                {key}
              </th>
              <td className="w-1/3 px-1">
                <span
                  className={cn('block h-2.5', pnl < 0 ? 'bg-down' : 'bg-up')}
                  style={{ width: `${String((Math.abs(pnl) / most) * 100)}%` }}
                />
              </td>
              <td className="px-1 text-muted" title="trades">
                {formatCount(roundTrips)}×
              </td>
              <td className="px-1 text-muted" title="won">
                {winRatio === null ? 'n/a' : `${String(Math.round(winRatio * 100))} %`}
              </td>
              <td className={cn('pl-1 font-bold', toneOf(pnl))}>{formatPrice(pnl, 2)}</td>
            </tr>
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={5} className="py-2 text-left text-muted">
                No finished trades.
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
