import { endpoint, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';
import {
  SettingsChangeView,
  SystemSettingsPatch,
  SystemSettingsView,
  UserSettingsPatch,
  UserSettingsView,
} from '../settings.js';

const system = { tag: 'Settings', role: 'admin' } as const;
const own = { tag: 'Settings', role: 'viewer' } as const;

export const getSettings = endpoint({
  ...system,
  method: 'GET',
  path: '/api/v1/settings',
  scope: 'admin:read',
  summary: 'Settings of the installation, and where each comes from',
  description: 'What the environment sets is shown beside them; secrets are not.',
  reply: SystemSettingsView,
});

/** Lifetimes and limits of signing in are among them: people change these, keys never. */
export const updateSettings = endpoint({
  ...system,
  method: 'PATCH',
  path: '/api/v1/settings',
  scope: null,
  summary: 'Change settings of the installation; null goes back to the default',
  body: SystemSettingsPatch,
  reply: SystemSettingsView,
  isVersioned: true,
  errors: ['conflict'],
  example: { body: { sessionDays: 7, mailFrom: null } },
});

export const getSettingsHistory = endpoint({
  ...system,
  method: 'GET',
  path: '/api/v1/settings/history',
  scope: 'admin:read',
  summary: 'Who changed settings of the installation, newest first',
  query: Paging,
  reply: listOf(SettingsChangeView),
});

export const getMySettings = endpoint({
  ...own,
  method: 'GET',
  path: '/api/v1/me/settings',
  scope: 'settings:read',
  summary: 'Own settings',
  reply: UserSettingsView,
});

export const updateMySettings = endpoint({
  ...own,
  method: 'PATCH',
  path: '/api/v1/me/settings',
  scope: 'settings:write',
  summary: 'Change own settings; null goes back to the default',
  body: UserSettingsPatch,
  reply: UserSettingsView,
  isVersioned: true,
  example: { body: { theme: 'dark', timeZone: 'Europe/Vienna' } },
});

export const getMySettingsHistory = endpoint({
  ...own,
  method: 'GET',
  path: '/api/v1/me/settings/history',
  scope: 'settings:read',
  summary: 'How own settings changed, newest first',
  query: Paging,
  reply: listOf(SettingsChangeView),
});
