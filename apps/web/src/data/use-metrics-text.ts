import { useQuery } from '@tanstack/react-query';
import { serverUrl } from './data-services.js';
import type { RestQuery } from './hooks-api.js';
import { RestError } from './rest-error.js';

/** The server's `/metrics` page as text (Prometheus format), asked every 5 s while shown. */
export const useMetricsText = (): RestQuery<string> =>
  useQuery({
    queryKey: ['metrics'],
    queryFn: async ({ signal }) => {
      try {
        const response = await fetch(new URL('/metrics', serverUrl()), { signal });
        if (!response.ok) throw new Error(`answered ${String(response.status)}`);
        return await response.text();
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : 'no answer';
        throw new RestError({ kind: 'transport', message, retryable: true });
      }
    },
    refetchInterval: 5_000,
    staleTime: 0,
  });
