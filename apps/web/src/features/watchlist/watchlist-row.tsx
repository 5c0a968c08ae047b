import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useCallback } from 'react';
import { useConnection, useLastPrice, useMarket, useTicker } from '../../data/hooks.js';
import type { TickerStore } from '../../data/hooks-api.js';
import type { WatchlistEntry } from '../../data/workspace-schema.js';
import { decimalsOfStep, formatChange, formatPrice } from '../../format/number.js';
import { cn } from '../../ui/cn.js';
import { IconButton } from '../../ui/icon-button.js';
import { LiveText } from '../../ui/live-text.js';

export interface WatchlistRowProps {
  entry: WatchlistEntry;
  store: TickerStore;
  isCurrent: boolean;
  isTabStop: boolean;
  /** Shows the buttons that move and remove. */
  isEditing: boolean;
  onFocus: () => void;
  onChoose: () => void;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}

/** One watched market; only this row renders when its price ticks. */
export function WatchlistRow({
  entry,
  store,
  isCurrent,
  isTabStop,
  isEditing,
  onFocus,
  onChoose,
  onRemove,
  onMove,
}: WatchlistRowProps) {
  const ticker = useTicker(store, entry.symbol);
  const market = useMarket(entry.exchange, entry.symbol);
  const { state } = useConnection(entry.exchange);
  const { subscribe, read, isUnconfirmed } = useLastPrice(entry.exchange, entry.symbol, store);
  const decimals = decimalsOfStep(market?.priceTick ?? null);
  const priceText = useCallback(() => formatPrice(read(), decimals), [read, decimals]);
  const change = ticker?.changeRatio24h ?? null;
  const [base = entry.symbol, quote] = entry.symbol.split('/');
  return (
    <li data-feed={isUnconfirmed ? 'cached' : state} className="flex items-stretch border-b border-hair">
      <button
        type="button"
        data-row
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isCurrent ? 'true' : undefined}
        onFocus={onFocus}
        onClick={onChoose}
        className={cn(
          'flex min-w-0 flex-1 items-center justify-between gap-2 border-l-4 border-transparent py-1 pr-3 pl-2 text-left hover:bg-raised focus-visible:-outline-offset-2 touch:py-2',
          isCurrent && 'border-accent bg-raised',
        )}
      >
        <span className="min-w-0">
          <span className="block truncate text-sm leading-4.5 font-extrabold">
            {base}
            {quote === undefined ? null : <span className="font-medium text-muted">/{quote}</span>}
          </span>
          <span className="block truncate text-2xs leading-3.5 text-muted">{entry.exchange}</span>
        </span>
        {isEditing ? null : (
          <span className="shrink-0 text-right">
            <LiveText subscribe={subscribe} read={priceText} className="quote block text-sm leading-4.5 font-bold" />
            <span
              className={cn(
                'quote block text-2xs leading-3.5',
                change !== null && (change > 0 ? 'text-up' : change < 0 ? 'text-down' : 'text-muted'),
              )}
            >
              {formatChange(change)}
            </span>
          </span>
        )}
      </button>
      {isEditing ? (
        <span className="flex items-center pr-1">
          <IconButton
            icon={ArrowUp}
            label={`Move ${entry.symbol} up`}
            size="sm"
            tipSide="left"
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={`Move ${entry.symbol} down`}
            size="sm"
            tipSide="left"
            onClick={() => onMove(1)}
          />
          <IconButton icon={X} label={`Remove ${entry.symbol}`} size="sm" tipSide="left" onClick={onRemove} />
        </span>
      ) : null}
    </li>
  );
}
