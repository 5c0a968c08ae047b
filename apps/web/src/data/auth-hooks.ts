import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  ApiKeyCreated,
  ApiKeyView,
  AuditEntryView,
  AuthSetupView,
  listOf,
  MeView,
  PasskeyView,
  RecoveryCodes,
  SessionView,
  SignedIn,
  TotpStart,
  UserView,
  type ApiKeyRequest,
} from '@wickworks/contracts';
import type * as z from 'zod';
import { askAll } from './ask-all.js';
import { ask } from './auth-rest.js';

/** Under which everything about accounts is kept. */
export const AUTH_KEY = ['auth'] as const;

/** On whose behalf this page acts. */
export const useMe = () =>
  useQuery({ queryKey: [...AUTH_KEY, 'me'], queryFn: () => ask('/auth/me', MeView), retry: false });

/** What a sign-in page must know. */
export const useAuthSetup = () =>
  useQuery({ queryKey: [...AUTH_KEY, 'setup'], queryFn: () => ask('/auth/setup', AuthSetupView), retry: false });

/** Signs in; cookies carry the session from then on. */
export const signIn = (body: {
  username: string;
  password: string;
  code?: string;
}): Promise<z.infer<typeof SignedIn>> => ask('/auth/login', SignedIn, { method: 'POST', body });

/** Exchanges a session token of Clerk's for a session here. */
export const signInWithClerk = (token: string): Promise<z.infer<typeof SignedIn>> =>
  ask('/auth/clerk', SignedIn, { method: 'POST', body: { token } });

/** Creates an account with the setup token or an invitation, and signs in. */
export const register = (body: {
  token?: string;
  username: string;
  password: string;
}): Promise<z.infer<typeof SignedIn>> => ask('/auth/register', SignedIn, { method: 'POST', body });

/** Shows with the password that whoever is signed in sits before the page. */
export const prove = (body: { password: string }): Promise<void> => ask('/auth/proof', null, { method: 'POST', body });

/** Ends the session of this page. */
export const signOut = (): Promise<void> => ask('/auth/logout', null, { method: 'POST', body: {} });

const list = <T>(name: string, path: string, item: z.ZodType<T>, isOn = true) => ({
  queryKey: [...AUTH_KEY, name],
  queryFn: () => askAll(path, item),
  enabled: isOn,
  retry: false,
});

export const useSessions = () => useQuery(list('sessions', '/auth/sessions', SessionView));
export const usePasskeys = () => useQuery(list('passkeys', '/auth/passkeys', PasskeyView));
export const useApiKeys = () => useQuery(list('api-keys', '/auth/api-keys', ApiKeyView));
export const useUsers = (isOn: boolean) => useQuery(list('users', '/users', UserView, isOn));

/** What of the log is wanted; empty texts and no dates: all of it. */
export interface AuditFilter {
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

function auditQuery(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    if (value !== null && value !== '') query.set(name, String(value));
  return query;
}

/** Where the whole of what a filter leaves is downloaded from. */
export const auditExportPath = (filter: AuditFilter, format: 'csv' | 'ndjson'): string => {
  const query = auditQuery(filter);
  query.set('format', format);
  return `/api/v1/audit-logs/export?${query.toString()}`;
};

/** The log, newest first, page by page. */
export const useAuditLog = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: [...AUTH_KEY, 'audit', filter],
    queryFn: ({ pageParam }) => {
      const query = auditQuery(filter);
      query.set('limit', '100');
      if (pageParam !== null) query.set('cursor', pageParam);
      return ask(`/audit-logs?${query.toString()}`, listOf(AuditEntryView));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** A change to an account; what is shown of accounts is asked for anew afterwards. */
export function useAccountChange<T, V>(change: (variables: V) => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: AUTH_KEY }) });
}

export const endSession = (id: string): Promise<void> =>
  ask(`/auth/sessions/${encodeURIComponent(id)}`, null, { method: 'DELETE' });
/** Ends every session but this one. */
export const endOtherSessions = (): Promise<void> => ask('/auth/sessions', null, { method: 'DELETE' });
export const changePassword = (body: { currentPassword: string; newPassword: string }): Promise<void> =>
  ask('/auth/password', null, { method: 'POST', body });
export const startTotp = (password: string): Promise<z.infer<typeof TotpStart>> =>
  ask('/auth/totp', TotpStart, { method: 'POST', body: { password } });
export const confirmTotp = (code: string): Promise<z.infer<typeof RecoveryCodes>> =>
  ask('/auth/totp/confirm', RecoveryCodes, { method: 'POST', body: { code } });
export const disableTotp = (password: string): Promise<void> =>
  ask('/auth/totp/disable', null, { method: 'POST', body: { password } });
export const renewRecoveryCodes = (password: string): Promise<z.infer<typeof RecoveryCodes>> =>
  ask('/auth/recovery-codes', RecoveryCodes, { method: 'POST', body: { password } });
export const createApiKey = (body: ApiKeyRequest): Promise<z.infer<typeof ApiKeyCreated>> =>
  ask('/auth/api-keys', ApiKeyCreated, { method: 'POST', body });
export const revokeApiKey = (id: string): Promise<void> =>
  ask(`/auth/api-keys/${encodeURIComponent(id)}`, null, { method: 'DELETE' });
