import type { BacktestConfig, BacktestMarketRef } from '@wickworks/contracts';
import { ChevronDown, Plus, X } from 'lucide-react';
import { useExchanges, useMarkets } from '../../data/hooks.js';
import { Badge } from '../../ui/badge.js';
import { Combobox } from '../../ui/combobox.js';
import { IconButton } from '../../ui/icon-button.js';
import { Select } from '../../ui/select.js';
import { MarketTerms, wordsOfTerms } from './market-terms.js';

/** The markets a strategy is tested on: one account, the candles of all of them in step. */
export function MarketFields({
  markets,
  config,
  range,
  onChange,
}: {
  markets: readonly BacktestMarketRef[];
  config: BacktestConfig;
  range: { readonly fromMs: number; readonly toMs: number };
  onChange: (markets: readonly BacktestMarketRef[]) => void;
}) {
  const first = markets[0];
  const exchange = first?.exchange ?? 'local';
  const exchanges = useExchanges();
  const known = useMarkets(exchange, '');
  const listed = (known.data ?? []).map(({ symbol }) => ({ value: symbol, label: symbol }));
  // A market that is listed no more can be tested on what is stored of it.
  const isUnlisted =
    known.data !== undefined && first !== undefined && !listed.some(({ value }) => value === first.symbol);
  const options = isUnlisted ? [{ value: first.symbol, label: `${first.symbol}, not listed` }, ...listed] : listed;
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
      <details className="group/terms">
        <summary className="flex min-h-8 items-center gap-2 text-xs text-muted hover:text-ink focus-visible:-outline-offset-1">
          <span className="flex-1">Own fees and funding</span>
          <span className="truncate text-ink group-open/terms:hidden">
            {markets.map(wordsOfTerms).filter(Boolean).join(' · ') || 'none'}
          </span>
          <ChevronDown className="size-4 shrink-0 group-open/terms:rotate-180" aria-hidden />
        </summary>
        <div className="flex flex-col gap-4 pt-2">
          {markets.map((market, index) => (
            <MarketTerms
              key={`${market.exchange} ${market.symbol}`}
              market={market}
              config={config}
              range={range}
              onChange={(next) => onChange(markets.with(index, next))}
            />
          ))}
        </div>
      </details>
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
