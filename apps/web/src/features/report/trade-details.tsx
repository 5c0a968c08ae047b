import type { RunTrade } from '@wickworks/engine';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatChange, formatPrice } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { IconButton } from '../../ui/icon-button.js';
import { toneOf } from './format-metric.js';

export interface TradeDetailsProps {
  trade: RunTrade;
  count: number;
  zone: string;
  onGo: (trade: number) => void;
}

/** Why a trade happened: the rule that fired, what the indicators showed then, each fill, and how it ended. */
export function TradeDetails({ trade, count, zone, onGo }: TradeDetailsProps) {
  const time = (timeMs: number | null): string => (timeMs === null ? 'still open' : formatDateTime(timeMs, zone));
  return (
    <section aria-label={`Trade ${String(trade.index + 1)} explained`} className="flex flex-col gap-3 p-3 text-xs">
      <header className="flex flex-wrap items-center gap-2">
        <Badge tone={trade.direction === 'long' ? 'up' : 'down'}>{trade.direction}</Badge>
        <strong className="text-sm">{trade.symbol}</strong>
        {trade.strategyId === undefined ? null : <Badge tone="muted">{trade.strategyId}</Badge>}
        <span className={toneOf(trade.returnRatio)}>
          {formatChange(trade.returnRatio)} ({formatPrice(Number(trade.pnl), 2)})
        </span>
        <span className="ml-auto flex items-center">
          <IconButton
            icon={ChevronLeft}
            label="Trade before"
            size="sm"
            tipSide="left"
            disabled={trade.index === 0}
            onClick={() => onGo(trade.index - 1)}
          />
          <span className="text-muted">
            {trade.index + 1} / {count}
          </span>
          <IconButton
            icon={ChevronRight}
            label="Next trade"
            size="sm"
            tipSide="left"
            disabled={trade.index + 1 >= count}
            onClick={() => onGo(trade.index + 1)}
          />
        </span>
      </header>
      <ol className="flex flex-col gap-3 border-l-2 border-line pl-3">
        <Step title={`Entered by “${trade.entryReason}”`} time={time(trade.entryTimeMs)}>
          <Values title="At the close it was decided on" values={trade.entryValues} />
        </Step>
        <Step
          title={trade.exitReason === null ? 'Still open at the end of the data' : `Left by “${trade.exitReason}”`}
          time={time(trade.exitTimeMs)}
        >
          <Values title="At the close before the exit" values={trade.exitValues} />
        </Step>
      </ol>
      <dl className="grid grid-cols-1 gap-x-4 sm:grid-cols-2">
        <Fact name="Quantity" value={trade.quantity} />
        <Fact name="Entry price" value={formatPrice(trade.entryPrice, null)} />
        <Fact name="Exit price" value={formatPrice(trade.exitPrice, null)} />
        <Fact name="Fees" value={formatPrice(Number(trade.fees), 2)} />
        <Fact name="Carry" value={formatPrice(Number(trade.carry), 2)} />
        <Fact name="Worst against us" value={formatChange(-trade.maeRatio)} />
        <Fact name="Best for us" value={formatChange(trade.mfeRatio)} />
      </dl>
      <div className="overflow-x-auto" role="group" aria-label="Fills" tabIndex={0}>
        <table className="w-full min-w-[520px] text-right text-2xs">
          <caption className="caps pb-1 text-left text-muted">Fills</caption>
          <thead className="text-muted">
            <tr>
              {['Time', 'Side', 'Price', 'Quantity', 'Fee', 'As', 'Because'].map((name) => (
                <th
                  key={name}
                  scope="col"
                  className="border-b-2 border-line px-1 font-bold first:text-left last:text-left"
                >
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trade.fills.map((fill) => (
              <tr key={fill.id} className="border-b border-hair">
                <td className="px-1 text-left whitespace-nowrap">{time(fill.timeMs)}</td>
                <td className="px-1">{fill.side}</td>
                <td className="px-1">{fill.price}</td>
                <td className="px-1">{fill.quantity}</td>
                <td className="px-1">{fill.fee}</td>
                <td className="px-1">{fill.liquidity}</td>
                <td className="px-1 text-left">{fill.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Step({ title, time, children }: { title: string; time: string; children: ReactNode }) {
  return (
    <li>
      <p className="font-bold">{title}</p>
      <p className="text-muted">{time}</p>
      {children}
    </li>
  );
}

function Values({ title, values }: { title: string; values: RunTrade['entryValues'] }) {
  const known = Object.entries(values);
  if (known.length === 0) return null;
  return (
    <div className="mt-1">
      <p className="text-2xs text-muted">{title}</p>
      <dl className="grid grid-cols-1 gap-x-4 sm:grid-cols-2">
        {known.map(([name, value]) => (
          <Fact key={name} name={name} value={value === null ? 'n/a' : formatPrice(value, null)} />
        ))}
      </dl>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-2 border-b border-hair py-0.5">
      <dt className="min-w-0 truncate text-muted" title={name}>
        {name}
      </dt>
      <dd className="font-bold">{value}</dd>
    </div>
  );
}
