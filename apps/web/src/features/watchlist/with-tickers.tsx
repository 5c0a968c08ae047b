import { useMemo, type ReactNode } from 'react';
import { useTickers } from '../../data/hooks.js';
import type { TickerStore } from '../../data/hooks-api.js';
import type { WatchlistEntry } from '../../data/workspace-schema.js';

type TickerStores = ReadonlyMap<string, TickerStore>;

interface Group {
  exchange: string;
  symbols: readonly string[];
}

interface WithTickersProps {
  entries: readonly WatchlistEntry[];
  children: (stores: TickerStores) => ReactNode;
}

/** Subscribes to the tickers of all `entries`, once per exchange, and hands on one store for each exchange. */
export function WithTickers({ entries, children }: WithTickersProps) {
  const groups = useMemo(() => {
    const byExchange = new Map<string, string[]>();
    for (const { exchange, symbol } of entries) byExchange.set(exchange, [...(byExchange.get(exchange) ?? []), symbol]);
    // Sorted, so that reordering the list neither subscribes again nor mounts anything anew.
    return [...byExchange]
      .map(([exchange, symbols]): Group => ({ exchange, symbols: symbols.sort() }))
      .sort((a, b) => a.exchange.localeCompare(b.exchange));
  }, [entries]);
  return (
    <Subscribe groups={groups} stores={EMPTY}>
      {children}
    </Subscribe>
  );
}

const EMPTY: TickerStores = new Map();

interface SubscribeProps {
  groups: readonly Group[];
  stores: TickerStores;
  children: (stores: TickerStores) => ReactNode;
}

// A hook cannot run in a loop, so each exchange gets a component around the next one.
function Subscribe({ groups, stores, children }: SubscribeProps) {
  const [first, ...rest] = groups;
  if (first === undefined) return children(stores);
  return (
    <SubscribeOne key={first.exchange} group={first} rest={rest} stores={stores}>
      {children}
    </SubscribeOne>
  );
}

function SubscribeOne({
  group,
  rest,
  stores,
  children,
}: {
  group: Group;
  rest: readonly Group[];
  stores: TickerStores;
  children: SubscribeProps['children'];
}) {
  const store = useTickers(group.exchange, group.symbols);
  const all = useMemo(() => new Map([...stores, [group.exchange, store]]), [stores, group.exchange, store]);
  return (
    <Subscribe groups={rest} stores={all}>
      {children}
    </Subscribe>
  );
}
