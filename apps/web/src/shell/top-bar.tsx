import { RotateCw, Search, Settings } from 'lucide-react';
import { Suspense } from 'react';
import { Link } from 'react-router';
import { useExchanges } from '../data/hooks.js';
import { timeframeChosen, useWorkspace, useWorkspaceDispatch } from '../data/workspace-slice.js';
import { ConnectionChip } from '../features/connection/connection-chip.js';
import { MarketButton } from '../features/market-picker/market-button.js';
import { TimeframeBar } from '../features/market-picker/timeframe-bar.js';
import { Quote } from '../features/quote/quote.js';
import { ErrorBoundary } from '../ui/error-boundary.js';
import { IconButton } from '../ui/icon-button.js';
import { Kbd } from '../ui/kbd.js';
import { Logo } from './logo.js';
import { openOverlay } from './overlay.js';
import { later } from '../ui/later.js';

/** Loaded after the chart has drawn: nobody waits for it. */
const AccountButton = later(async () => {
  await new Promise((resolve) => setTimeout(resolve, 600));
  return (await import('../features/sign-in/account-button.js')).AccountButton;
});

/** Name of an exchange as its adapter titles it; its id until that is known. */
export function useExchangeTitle(exchange: string): string {
  return useExchanges().data?.find((item) => item.id === exchange)?.title ?? exchange;
}

/** What is on the screen, what it costs, and whether that can be believed. */
export function TopBar() {
  const dispatch = useWorkspaceDispatch();
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const symbol = useWorkspace((workspace) => workspace.symbol);
  const timeframe = useWorkspace((workspace) => workspace.timeframe);
  const title = useExchangeTitle(exchange);
  return (
    <header className="flex h-14 min-w-0 items-stretch border-b-2 border-line">
      <Link
        to="/"
        aria-label="Wickworks, to the chart"
        className="flex w-14 shrink-0 items-center justify-center bg-accent text-accent-ink focus-visible:-outline-offset-4 focus-visible:outline-accent-ink max-sm:hidden"
      >
        <Logo />
      </Link>
      <MarketButton
        exchangeTitle={title}
        symbol={symbol}
        onOpen={() => openOverlay('markets')}
        className="border-r-2 border-line lg:shrink-0"
      />
      <TimeframeBar
        value={timeframe}
        onChange={(value) => dispatch(timeframeChosen(value))}
        onMore={() => openOverlay('timeframes')}
        className="shrink-0 border-r-2 border-line"
      />
      <Quote exchange={exchange} symbol={symbol} className="px-4 max-md:hidden" />
      <span className="flex-1" />
      <ConnectionChip exchange={exchange} title={title} className="min-w-0 px-3 max-xl:hidden" />
      <ConnectionChip
        exchange={exchange}
        title={title}
        compact
        className="px-3 max-sm:flex-col max-sm:items-start max-sm:justify-center max-sm:gap-1 max-sm:px-2 xl:hidden"
      />
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => openOverlay('palette')}
        className="flex items-center gap-2 border-l-2 border-line px-3 text-xs font-bold text-muted hover:bg-ink hover:text-bg focus-visible:-outline-offset-4"
      >
        <Search className="size-4" aria-hidden />
        <span className="sr-only">Find a command</span>
        <Kbd keys="mod+k" className="max-xl:hidden" />
      </button>
      <div className="flex items-center border-l-2 border-line px-1">
        <ErrorBoundary
          subject="Your account"
          draw={({ title, text, onRetry }) => (
            <span role="alert">
              <IconButton
                icon={RotateCw}
                label={`${title}. ${text}`}
                tone="danger"
                tipSide="left"
                size="lg"
                onClick={onRetry}
              />
            </span>
          )}
        >
          <Suspense fallback={null}>
            <AccountButton />
          </Suspense>
        </ErrorBoundary>
      </div>
      <div className="flex items-center border-l-2 border-line px-1 max-sm:hidden">
        <IconButton icon={Settings} label="Settings" tipSide="left" size="lg" onClick={() => openOverlay('settings')} />
      </div>
    </header>
  );
}
