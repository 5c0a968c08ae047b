import { includesRole, LOCAL_USER_ID, type Role, type Scope } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';

/** How a request showed who it comes from. */
type AuthenticatedBy = 'nobody' | 'open-house' | 'session' | 'api-key' | 'clerk';

/** On whose behalf a request acts. */
export interface Principal {
  /** Owner of what the request makes; `''` of nobody. */
  readonly userId: string;
  readonly name: string;
  /** `null`: not signed in. */
  readonly role: Role | null;
  /** `all`: a person, whom the role alone limits. */
  readonly scopes: 'all' | ReadonlySet<Scope>;
  readonly by: AuthenticatedBy;
  /** The session or API key it came with; `null` for others. */
  readonly grantId: string | null;
}

/** Nobody in particular. */
export const ANONYMOUS: Principal = {
  userId: '',
  name: '',
  role: null,
  scopes: new Set(),
  by: 'nobody',
  grantId: null,
};

const OPEN_HOUSE_SCOPES: readonly Scope[] = [
  'market-data:read',
  'datasets:write',
  'strategies:read',
  'strategies:write',
  'backtests:read',
  'backtests:write',
  'jobs:read',
  'jobs:write',
];

/** Whoever sits at this machine while there are no accounts: everything but what needs secrets. */
export const LOCAL: Principal = {
  userId: LOCAL_USER_ID,
  name: 'local',
  role: 'trader',
  scopes: new Set(OPEN_HOUSE_SCOPES),
  by: 'open-house',
  grantId: null,
};

/** What an operation asks of whoever calls it. */
export interface Demand {
  readonly role: 'public' | 'market-data' | Role;
  readonly scope: Scope | null;
}

/** Why `principal` may not do what makes `demand`; `null` when it may. */
export function refusalOf(principal: Principal, demand: Demand, isMarketDataPublic: boolean): Refusal | null {
  if (demand.role === 'public' || (demand.role === 'market-data' && isMarketDataPublic)) return null;
  if (principal.role === null) return refuse('unauthenticated', 'sign in to do this');
  const needed = demand.role === 'market-data' ? 'viewer' : demand.role;
  if (!hasScope(principal, demand.scope)) {
    if (principal.by === 'open-house')
      return refuse('unauthenticated', 'this needs an account: create the first one and sign in');
    return demand.scope === null
      ? refuse('forbidden', 'an API key cannot do this; sign in')
      : refuse('forbidden', `this API key lacks the scope ${demand.scope}`);
  }
  if (!includesRole(principal.role, needed))
    return refuse('forbidden', `this needs the role ${needed}; yours is ${principal.role}`);
  return null;
}

function hasScope({ scopes }: Principal, scope: Scope | null): boolean {
  return scopes === 'all' || (scope !== null && scopes.has(scope));
}
