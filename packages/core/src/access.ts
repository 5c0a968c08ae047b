/** What an account may do, each role including those before it. */
export const ROLES = ['viewer', 'trader', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** True when `role` includes everything `needed` may do. */
export const includesRole = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/**
 * What an API key can be limited to. Nothing that changes who may sign in has a scope: accounts, keys, sessions and
 * exchange credentials are changed by people who signed in, never by a key.
 */
export const SCOPES = [
  'market-data:read',
  'datasets:write',
  'strategies:read',
  'strategies:write',
  'backtests:read',
  'backtests:write',
  'jobs:read',
  'jobs:write',
  'trading:read',
  'trading:write',
  'settings:read',
  'settings:write',
  'admin:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** True for the name of a scope. */
export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** True for the name of a role. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** Id of whoever uses the server before it has accounts; the first account takes it over, and with it what was made. */
export const LOCAL_USER_ID = 'local';
