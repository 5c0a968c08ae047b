import { useEffect, useMemo } from 'react';
import { Link } from 'react-router';
import type { PlotSeries } from '../../chart/model/plot-series.js';
import { useMarketSignals, type MarketSignals } from '../../data/strategies-stored.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { formatPrice } from '../../format/number.js';
import { formatDateTime, zoneName } from '../../format/time.js';
import { cn } from '../../ui/cn.js';
import { isBuying, marksOf } from './signal-marks.js';

export interface SignalStripProps {
  exchange: string;
  symbol: string;
  /** Takes the marks to draw; the same list until a signal comes. */
  onMarks: (marks: readonly PlotSeries[]) => void;
}

/** The strategies that run on the market in sight with their last signals; nothing where none does. */
export function SignalStrip({ exchange, symbol, onMarks }: SignalStripProps) {
  const running = useMarketSignals(exchange, symbol);
  const marks = useMemo(() => marksOf(running), [running]);
  useEffect(() => onMarks(marks), [marks, onMarks]);
  if (running.length === 0) return null;
  return (
    <section
      aria-label="Signals"
      className="flex max-h-24 shrink-0 flex-col overflow-y-auto border-t-2 border-line px-3 py-1 text-xs"
    >
      {running.map((one) => (
        <Line key={one.strategy.id} {...one} />
      ))}
    </section>
  );
}

/** What stands where there is no signal. */
const WITHOUT: Readonly<Record<MarketSignals['state'], string>> = {
  asking: 'asking the server…',
  ready: 'no signal yet',
  old: 'signals cannot be read now',
};

function Line({ strategy, signals, state }: MarketSignals) {
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const last = signals[0];
  return (
    <p className="flex flex-wrap items-baseline gap-x-2">
      <Link to={`/strategies?open=${encodeURIComponent(strategy.id)}`} className="font-bold underline">
        {strategy.name}
      </Link>
      <span role="status" className="min-w-0">
        {last === undefined ? (
          <span className="text-muted">{WITHOUT[state]}</span>
        ) : (
          <>
            <strong className={cn(isBuying(last) ? 'text-up' : 'text-down')}>
              {isBuying(last) ? '▲' : '▼'} {last.action.replace('-', ' ')}
            </strong>{' '}
            {formatPrice(last.price, null)} · {formatDateTime(last.openTimeMs, zone)} · {last.reason}
            {state === 'old' ? <strong className="text-warn"> · may be old: the server does not answer</strong> : null}
          </>
        )}
      </span>
    </p>
  );
}
