import { useQueries } from '@tanstack/react-query';
import { CredentialView, type CredentialRequest } from '@wickworks/contracts';
import { askAll } from './ask-all.js';
import { ask } from './auth-rest.js';
import { useExchanges } from './hooks.js';

const pathOf = (exchange: string): string => `/exchanges/${encodeURIComponent(exchange)}/credentials`;

/** Exchanges of CCXT that ask for a third secret, chosen with the key (CCXT's `requiredCredentials.password`). */
const WITH_PASSPHRASE: ReadonlySet<string> = new Set([
  ...['apex', 'bitget', 'blofin', 'coinbaseexchange', 'coinbaseinternational', 'deepcoin', 'kucoin', 'kucoinfutures'],
  ...['myokx', 'okx', 'okxus', 'weex'],
]);
export const needsPassphrase = (exchange: string): boolean => WITH_PASSPHRASE.has(exchange);

/** Own keys at every exchange the server knows, with the exchange's title. */
export function useExchangeKeys() {
  const exchanges = useExchanges();
  const queries = useQueries({
    queries: (exchanges.data ?? []).map(({ id }) => ({
      // Below the accounts' own: a change of keys asks for all of it again.
      queryKey: ['auth', 'exchange-keys', id],
      queryFn: () => askAll(pathOf(id), CredentialView),
      retry: false,
    })),
  });
  const failed = [exchanges, ...queries].find(({ error }) => error !== null);
  const isComplete = exchanges.data !== undefined && queries.every(({ data }) => data !== undefined);
  return {
    exchanges: exchanges.data ?? [],
    keys: isComplete ? queries.flatMap(({ data = [] }) => data) : undefined,
    error: failed?.error ?? null,
    isFetching: exchanges.isFetching || queries.some(({ isFetching }) => isFetching),
    refetch: () => Promise.all([exchanges.refetch(), ...queries.map((query) => query.refetch())]),
  };
}

export const addExchangeKey = ({
  exchange,
  ...body
}: CredentialRequest & { exchange: string }): Promise<CredentialView> =>
  ask(pathOf(exchange), CredentialView, { method: 'POST', body });

/** Puts another key of the exchange in the place of a stored one. */
export const replaceExchangeKey = ({
  stored: { exchange, id, version },
  ...body
}: CredentialRequest & { stored: CredentialView }): Promise<CredentialView> =>
  ask(`${pathOf(exchange)}/${encodeURIComponent(id)}`, CredentialView, { method: 'PUT', version, body });

export const removeExchangeKey = ({ exchange, id, version }: CredentialView): Promise<void> =>
  ask(`${pathOf(exchange)}/${encodeURIComponent(id)}`, null, { method: 'DELETE', version });

/** Asks the exchange again what a key may do. */
export const checkExchangeKey = ({ exchange, id }: CredentialView): Promise<CredentialView> =>
  ask(`${pathOf(exchange)}/${encodeURIComponent(id)}/check`, CredentialView, { method: 'POST' });
