import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  listOf,
  SettingsChangeView,
  SystemSettingsView,
  UserSettingsView,
  type SystemSettingsPatch,
  type UserSettingsPatch,
} from '@wickworks/contracts';
import { ask } from './auth-rest.js';

const HISTORY_MAX = 100;

/** Whose settings: one's own or the installation's. */
export type SettingsScope = 'me' | 'system';
const PATHS = { me: '/me/settings', system: '/settings' } as const;
const keyOf = (scope: SettingsScope) => ['settings', scope] as const;

/** Own settings of `userId`; nothing is asked for nobody. */
export const useMySettings = (userId: string | null) =>
  useQuery({
    queryKey: [...keyOf('me'), userId],
    queryFn: () => ask(PATHS.me, UserSettingsView),
    enabled: userId !== null,
    retry: false,
  });

/** Settings of the installation; for admins. */
export const useSystemSettings = () =>
  useQuery({ queryKey: keyOf('system'), queryFn: () => ask(PATHS.system, SystemSettingsView), retry: false });

/** How they came to be, newest first. */
export const useSettingsHistory = (scope: SettingsScope) =>
  useQuery({
    queryKey: [...keyOf(scope), 'history'],
    queryFn: async () =>
      (await ask(`${PATHS[scope]}/history?limit=${String(HISTORY_MAX)}`, listOf(SettingsChangeView))).items,
    retry: false,
  });

interface SettingsChange {
  /** That was read. */
  readonly version: number;
  readonly patch: UserSettingsPatch | SystemSettingsPatch;
}

/** Changes settings of the version that was read; all of them are read anew afterwards. */
export function useSettingsChange(scope: SettingsScope) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, patch }: SettingsChange): Promise<void> =>
      ask(PATHS[scope], null, { method: 'PATCH', body: patch, version }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['settings'] }),
  });
}
