import { Pencil, Plus, Star } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import {
  marketChosen,
  useWorkspace,
  useWorkspaceDispatch,
  watchlistMoved,
  watchlistRemoved,
} from '../../data/workspace-slice.js';
import type { WatchlistEntry } from '../../data/workspace-schema.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { WatchlistRow } from './watchlist-row.js';
import { WithTickers } from './with-tickers.js';

export interface WatchlistProps {
  onAdd: () => void;
  /** After a market was chosen, e.g. to close a drawer. */
  onChosen?: () => void;
}

const entryId = (entry: WatchlistEntry): string => `${entry.exchange} ${entry.symbol}`;

/**
 * The markets one keeps an eye on. One tab stop; arrows move, Enter opens, Delete removes, Alt+arrows reorder.
 */
export function Watchlist({ onAdd, onChosen }: WatchlistProps) {
  const dispatch = useWorkspaceDispatch();
  const entries = useWorkspace((workspace) => workspace.watchlist);
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  const list = useRef<HTMLUListElement>(null);
  const [cursor, setCursor] = useState(0);
  const [said, setSaid] = useState('');
  const [isEditing, setEditing] = useState(false);
  const active = Math.min(cursor, Math.max(0, entries.length - 1));

  const focusRow = (index: number): void => {
    setCursor(index);
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-row]')[index]?.focus());
  };
  const choose = (entry: WatchlistEntry): void => {
    dispatch(marketChosen(entry));
    onChosen?.();
  };
  const remove = (entry: WatchlistEntry): void => {
    const at = entries.indexOf(entry);
    dispatch(watchlistRemoved(entry));
    setSaid(`${entry.symbol} removed`);
    if (entries.length > 1) focusRow(Math.min(at, entries.length - 2));
  };
  const move = (from: number, to: number): void => {
    const entry = entries[from];
    if (entry === undefined || to < 0 || to >= entries.length) return;
    dispatch(watchlistMoved({ from, to }));
    setSaid(`${entry.symbol} moved to position ${String(to + 1)} of ${String(entries.length)}`);
    focusRow(to);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const entry = entries[active];
    if (entry === undefined) return;
    if (event.altKey && event.key === 'ArrowUp') move(active, active - 1);
    else if (event.altKey && event.key === 'ArrowDown') move(active, active + 1);
    else if (event.key === 'ArrowDown') focusRow(Math.min(active + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') focusRow(Math.max(active - 1, 0));
    else if (event.key === 'Home') focusRow(0);
    else if (event.key === 'End') focusRow(entries.length - 1);
    else if (event.key === 'Delete' || event.key === 'Backspace') remove(entry);
    else return;
    event.preventDefault();
  };

  return (
    <section aria-labelledby="watchlist-title" className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center justify-between border-b-2 border-line pr-1 pl-3 touch:h-11">
        <h2 id="watchlist-title" className="caps">
          {onChosen === undefined ? 'Watchlist' : `${String(entries.length)} markets`}
        </h2>
        <span className="flex items-center">
          <IconButton
            icon={Pencil}
            label="Edit the watchlist"
            size="sm"
            tipSide="left"
            pressed={isEditing}
            onClick={() => setEditing(!isEditing)}
          />
          <IconButton icon={Plus} label="Add a market" size="sm" tipSide="left" onClick={onAdd} />
        </span>
      </header>
      {entries.length === 0 ? (
        <EmptyState
          icon={Star}
          title="Nothing to watch"
          text="Markets added here show their live price and change."
          action={<Button onClick={onAdd}>Add a market</Button>}
        />
      ) : (
        <WithTickers entries={entries}>
          {(stores) => (
            <ul
              ref={list}
              aria-labelledby="watchlist-title"
              onKeyDown={onKeyDown}
              className="min-h-0 flex-1 overflow-y-auto"
            >
              {entries.map((entry, index) => {
                const store = stores.get(entry.exchange);
                return store === undefined ? null : (
                  <WatchlistRow
                    key={entryId(entry)}
                    entry={entry}
                    store={store}
                    isCurrent={entry.exchange === exchange && entry.symbol === symbol}
                    isTabStop={index === active}
                    isEditing={isEditing}
                    onFocus={() => setCursor(index)}
                    onChoose={() => choose(entry)}
                    onRemove={() => remove(entry)}
                    onMove={(by) => move(index, index + by)}
                  />
                );
              })}
            </ul>
          )}
        </WithTickers>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </section>
  );
}
