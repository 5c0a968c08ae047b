import { useQuery } from '@tanstack/react-query';
import type { MarketView } from '@wickworks/contracts';
import { allPages } from './all-pages.js';
import { useDataServices } from './data-provider.js';
import type { UseConnection, UseExchanges, UseMarkets } from './hooks-api.js';
import { useExchangeStatus } from './live-hooks.js';
import { orThrow } from './rest-error.js';

const useRest = () => useDataServices().client.rest;

/** Exchanges the server is set up for. */
export const useExchanges: UseExchanges = () => {
  const rest = useRest();
  return useQuery({
    queryKey: ['exchanges'],
    queryFn: async ({ signal }) => (await orThrow(rest.exchanges(signal))).items,
  });
};

/** See {@link UseConnection}. */
export const useConnection: UseConnection = (exchange) => {
  const status = useExchangeStatus(exchange);
  const { data } = useExchanges();
  return { ...status, replay: data?.find((view) => view.id === exchange)?.replay ?? null };
};

/** See {@link UseMarkets}. */
export const useMarkets: UseMarkets = (exchange, search) => {
  const rest = useRest();
  return useQuery({
    queryKey: ['markets', exchange, search],
    queryFn: ({ signal }) =>
      allPages<MarketView>((cursor) =>
        orThrow(
          rest.markets(exchange, { ...(search && { q: search }), ...(cursor && { cursor }), limit: 500 }, signal),
        ),
      ),
    staleTime: 10 * 60_000,
    // While a search is refined, the last answer stays on the screen.
    placeholderData: (previous, query) => (query?.queryKey[1] === exchange ? previous : undefined),
  });
};
