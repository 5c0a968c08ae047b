import { Plug } from 'lucide-react';
import type { ExchangeView } from '@wickworks/contracts';
import { useAgeMs, useConnection, useExchanges } from '../../data/hooks.js';
import { formatAge } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { cn } from '../../ui/cn.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Panel } from '../../ui/panel.js';
import { Skeleton } from '../../ui/skeleton.js';

const TONES = { live: 'up', connecting: 'plain', stale: 'warn', down: 'down', lost: 'down' } as const;
const CANDLE_WAYS: Readonly<Record<NonNullable<ExchangeView['capabilities']>['candles'], string>> = {
  native: 'streamed by the exchange',
  trades: 'built here from trades',
  poll: 'polled over REST',
};
const TICKER_WAYS: Readonly<Record<NonNullable<ExchangeView['capabilities']>['tickers'], string>> = {
  native: 'streamed by the exchange',
  poll: 'polled over REST',
  none: 'not offered',
};

/** Every configured exchange: what its connection is worth and what it can do. */
export function ExchangePanel() {
  const exchanges = useExchanges();
  return (
    <Panel title="Exchanges">
      {exchanges.data !== undefined ? (
        exchanges.data.length === 0 ? (
          <EmptyState
            icon={Plug}
            title="No exchange configured"
            text="WICK_EXCHANGES names the exchanges to connect to, e.g. local,binance."
          />
        ) : (
          <ul>
            {exchanges.data.map((exchange) => (
              <ExchangeRow key={exchange.id} exchange={exchange} />
            ))}
          </ul>
        )
      ) : exchanges.error !== null ? (
        <ErrorState
          className="m-3"
          title="Exchanges could not be loaded"
          text={exchanges.error.message}
          onRetry={() => void exchanges.refetch()}
          retrying={exchanges.isFetching}
        />
      ) : (
        <div aria-busy className="p-3">
          <span className="sr-only">Loading exchanges</span>
          <Skeleton className="h-20" />
        </div>
      )}
    </Panel>
  );
}

function ExchangeRow({ exchange }: { exchange: ExchangeView }) {
  const connection = useConnection(exchange.id);
  const sinceAgeMs = useAgeMs(connection.sinceMs);
  const messageAgeMs = useAgeMs(connection.lastMessageMs);
  const { capabilities } = exchange;
  // What the server said last is not known to hold once it is gone.
  const reason = connection.state === 'lost' ? 'the server is out of reach' : connection.reason;
  return (
    <li className="border-b-2 border-hair p-3 last:border-b-0">
      <h3 className="flex flex-wrap items-center gap-2">
        <span className="text-lg font-extrabold">{exchange.title}</span>
        <Badge tone={TONES[connection.state]}>{connection.state}</Badge>
        {connection.replay === null ? null : <Badge tone="accent">Replay</Badge>}
      </h3>
      {connection.replay === null ? null : <p className="mt-1 text-sm">{connection.replay.text}</p>}
      {reason === null || reason === '' ? null : (
        <p className={cn('mt-1 text-sm', connection.state === 'live' ? 'text-muted' : 'text-warn')}>{reason}</p>
      )}
      <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-2 text-xs sm:grid-cols-4">
        <Fact name="State since" value={sinceAgeMs === null ? '–' : `${formatAge(sinceAgeMs)} ago`} />
        <Fact name="Last message" value={messageAgeMs === null ? '–' : `${formatAge(messageAgeMs)} ago`} />
        <Fact name="Candles" value={capabilities === null ? 'not known yet' : CANDLE_WAYS[capabilities.candles]} />
        <Fact name="Prices" value={capabilities === null ? 'not known yet' : TICKER_WAYS[capabilities.tickers]} />
      </dl>
      {connection.replay === null || Object.keys(connection.replay.sources).length === 0 ? null : (
        <details className="mt-2 text-xs">
          <summary className="font-bold">What is replayed</summary>
          <dl className="mt-1 border-2 border-hair p-2">
            {Object.entries(connection.replay.sources).map(([symbol, source]) => (
              <div key={symbol} className="gap-3 py-0.5 sm:flex">
                <dt className="w-28 shrink-0 font-bold">{symbol}</dt>
                <dd className="text-muted">{source}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="caps text-muted">{name}</dt>
      <dd className="font-bold">{value}</dd>
    </div>
  );
}
