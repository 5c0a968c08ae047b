import { useEffect, useState } from 'react';
import { useConnection, useExchanges } from '../data/hooks.js';
import { useWorkspace } from '../data/workspace-slice.js';
import { ConnectionChip } from '../features/connection/connection-chip.js';
import { dateParts, zoneName } from '../format/time.js';
import { Kbd } from '../ui/kbd.js';
import { openOverlay } from './overlay.js';

/** The lower edge: every exchange's connection, what a replay shows, the clock. */
export function StatusBar() {
  const exchanges = useExchanges();
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  return (
    <footer className="flex h-7 min-w-0 items-center gap-4 overflow-hidden border-t-2 border-line px-3 text-2xs max-md:hidden">
      {(exchanges.data ?? []).map((item) => (
        <ConnectionChip key={item.id} exchange={item.id} title={item.title} />
      ))}
      <ReplayText exchange={exchange} symbol={symbol} />
      <span className="flex-1" />
      <button
        type="button"
        onClick={() => openOverlay('shortcuts')}
        className="flex h-full items-center gap-2 text-muted hover:text-ink focus-visible:-outline-offset-2"
      >
        <Kbd keys="?" /> shortcuts
      </button>
      <Clock />
    </footer>
  );
}

function ReplayText({ exchange, symbol }: { exchange: string; symbol: string }) {
  const { replay } = useConnection(exchange);
  if (replay === null) return null;
  const text = replay.sources[symbol] ?? replay.text;
  return (
    <span className="min-w-0 truncate text-muted" title={text}>
      {text}
    </span>
  );
}

/** Wall clock in the chosen zone. */
function Clock() {
  const choice = useWorkspace((workspace) => workspace.timeZone);
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const zone = zoneName(choice);
  const { date, second } = dateParts(nowMs, zone);
  return (
    <time className="flex shrink-0 gap-2 whitespace-nowrap text-muted" dateTime={new Date(nowMs).toISOString()}>
      <span className="max-lg:hidden">{date}</span>
      <span className="font-bold text-ink">{second}</span>
      {zone.replaceAll('_', ' ')}
    </time>
  );
}
