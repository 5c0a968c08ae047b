import { useCallback, useMemo } from 'react';
import { useConnection, useLastPrice, useMarket, useTicker, useTickers } from '../../data/hooks.js';
import { decimalsOfStep, formatChange, formatCompact, formatPrice } from '../../format/number.js';
import { cn } from '../../ui/cn.js';
import { LiveText } from '../../ui/live-text.js';

export interface QuoteProps {
  exchange: string;
  symbol: string;
  className?: string;
}

/** The last price, its change over 24 hours and the turnover; grey unless the exchange is live. */
export function Quote({ exchange, symbol, className }: QuoteProps) {
  const symbols = useMemo(() => [symbol], [symbol]);
  const tickers = useTickers(exchange, symbols);
  const ticker = useTicker(tickers, symbol);
  const { subscribe, read, isUnconfirmed } = useLastPrice(exchange, symbol, tickers);
  const { state } = useConnection(exchange);
  const market = useMarket(exchange, symbol);
  const decimals = decimalsOfStep(market?.priceTick ?? null);
  const priceText = useCallback(() => formatPrice(read(), decimals), [read, decimals]);
  const change = ticker?.changeRatio24h ?? null;
  const volume = ticker?.quoteVolume24h ?? null;
  const [, currency = ''] = symbol.split('/');
  return (
    <div
      data-feed={isUnconfirmed ? 'cached' : state}
      className={cn('flex items-center gap-4 whitespace-nowrap', className)}
    >
      <span className="quote text-2xl leading-8 font-extrabold tracking-tight">
        <span className="sr-only">Last price </span>
        <LiveText subscribe={subscribe} read={priceText} />
      </span>
      <span className="flex flex-col text-2xs leading-3.5 font-bold">
        <span
          className={cn(
            'quote text-xs',
            change !== null && (change > 0 ? 'text-up' : change < 0 ? 'text-down' : undefined),
          )}
        >
          {formatChange(change)}
        </span>
        <span className="font-medium text-muted">24 h</span>
      </span>
      <span className="hidden flex-col text-2xs leading-3.5 font-bold 2xl:flex">
        <span className="quote text-xs">{volume === null ? '–' : formatCompact(volume)}</span>
        <span className="font-medium text-muted">{currency} traded in 24 h</span>
      </span>
    </div>
  );
}
