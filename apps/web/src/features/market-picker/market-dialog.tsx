import { useMemo, useState } from 'react';
import { useExchanges, useMarkets } from '../../data/hooks.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorState } from '../../ui/error-state.js';
import { SearchList } from '../../ui/search-list.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ToggleGroup } from '../../ui/toggle-group.js';

interface MarketChoice {
  exchange: string;
  symbol: string;
}

export interface MarketDialogProps {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  current: MarketChoice;
  onPick: (choice: MarketChoice) => void;
}

/** Choose a market of any configured exchange by typing. */
export function MarketDialog({ title, open, onOpenChange, current, onPick }: MarketDialogProps) {
  const exchanges = useExchanges();
  const [chosen, setChosen] = useState(current.exchange);
  const list = exchanges.data ?? [];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} place="top">
      {list.length > 1 ? (
        <div className="overflow-x-auto border-b-2 border-line p-2">
          <ToggleGroup
            label="Exchange"
            value={chosen}
            onChange={setChosen}
            options={list.map((exchange) => ({ value: exchange.id, label: exchange.title }))}
          />
        </div>
      ) : null}
      <MarketList
        key={chosen}
        exchange={chosen}
        selected={chosen === current.exchange ? current.symbol : undefined}
        onPick={(symbol) => {
          onPick({ exchange: chosen, symbol });
          onOpenChange(false);
        }}
      />
    </Dialog>
  );
}

interface MarketListProps {
  exchange: string;
  selected: string | undefined;
  onPick: (symbol: string) => void;
}

function MarketList({ exchange, selected, onPick }: MarketListProps) {
  const markets = useMarkets(exchange, '');
  const options = useMemo(
    () =>
      (markets.data ?? []).map((market) => ({
        value: market.symbol,
        label: market.symbol,
        hint: market.active ? (market.priceTick === null ? '' : `tick ${market.priceTick}`) : 'not trading',
      })),
    [markets.data],
  );
  if (markets.data !== undefined)
    return (
      <SearchList
        label="Markets"
        placeholder="BTC, eth usdt, avaxusdt …"
        options={options}
        selected={selected}
        onPick={(option) => onPick(option.value)}
        empty={(query) => (query === '' ? 'This exchange lists no markets.' : `No market answers “${query}”.`)}
        listClassName="max-h-[min(420px,60dvh)] max-sm:max-h-none"
      />
    );
  if (markets.error !== null)
    return (
      <ErrorState
        className="m-3"
        title="Markets could not be loaded"
        text={markets.error.message}
        onRetry={() => void markets.refetch()}
        retrying={markets.isFetching}
      />
    );
  return (
    <div aria-busy className="flex flex-col gap-1 p-3">
      <span className="sr-only">Loading markets</span>
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} />
      ))}
    </div>
  );
}
