import { Plus, X } from 'lucide-react';
import { useExchanges, useMarkets } from '../../data/hooks.js';
import { Badge } from '../../ui/badge.js';
import { Combobox } from '../../ui/combobox.js';
import { IconButton } from '../../ui/icon-button.js';
import { Select } from '../../ui/select.js';

interface Market {
  exchange: string;
  symbol: string;
}

/** The markets a strategy is tested on: one account, the candles of all of them in step. */
export function MarketFields({
  markets,
  onChange,
}: {
  markets: readonly Market[];
  onChange: (markets: readonly Market[]) => void;
}) {
  const first = markets[0];
  const exchange = first?.exchange ?? 'local';
  const exchanges = useExchanges();
  const known = useMarkets(exchange, '');
  const options = (known.data ?? []).map(({ symbol }) => ({ value: symbol, label: symbol }));
  return (
    <div className="flex flex-col gap-2">
      {(exchanges.data?.length ?? 0) > 1 ? (
        <Select
          label="Exchange"
          options={(exchanges.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          value={exchange}
          onChange={(next) => onChange([{ exchange: next, symbol: first?.symbol ?? 'BTC/USDT' }])}
        />
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
        <Combobox
          label="Market"
          options={options}
          value={first?.symbol ?? null}
          onChange={(symbol) => onChange([{ exchange, symbol }, ...markets.slice(1)])}
        />
        <AddMarket
          options={options.filter(({ value }) => !markets.some(({ symbol }) => symbol === value))}
          onPick={(symbol) => onChange([...markets, { exchange, symbol }])}
        />
      </div>
      {markets.length > 1 ? (
        <ul aria-label="Further markets" className="flex flex-wrap gap-1">
          {markets.slice(1).map(({ symbol }) => (
            <li key={symbol} className="flex items-center">
              <Badge>{symbol}</Badge>
              <IconButton
                icon={X}
                label={`Remove ${symbol}`}
                size="sm"
                onClick={() => onChange(markets.filter((market) => market.symbol !== symbol))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function AddMarket({
  options,
  onPick,
}: {
  options: readonly { value: string; label: string }[];
  onPick: (symbol: string) => void;
}) {
  return (
    <div className="flex items-center gap-1">
      <Plus className="size-4 text-muted" aria-hidden />
      <Combobox
        label="Add a market"
        placeholder="Add"
        options={options}
        value={null}
        onChange={onPick}
        className="w-24"
      />
    </div>
  );
}
