import { includesRole, SCOPES, type Role, type Scope } from '@wickworks/core';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/checkbox.js';

const MEANING: Record<Scope, string> = {
  'market-data:read': 'candles, markets, indicators',
  'datasets:write': 'fetch, import, delete candles',
  'strategies:read': 'strategies and their signals',
  'strategies:write': 'save, start, stop, delete',
  'backtests:read': 'runs and their reports',
  'backtests:write': 'run and delete backtests',
  'jobs:read': 'work in the background',
  'jobs:write': 'cancel it',
  'trading:read': 'orders, positions, balances',
  'trading:write': 'place and cancel orders',
  'settings:read': 'your settings',
  'settings:write': 'change your settings',
  'admin:read': 'audit log, settings of the installation',
};

// Whoever may not do it may not have a key do it.
const roleFor = (scope: Scope): Role => {
  if (scope === 'admin:read') return 'admin';
  return scope.endsWith(':write') && scope !== 'settings:write' ? 'trader' : 'viewer';
};

/** What a key may do, of what its owner may. */
export function ScopeChoice({
  role,
  chosen,
  onChange,
}: {
  role: Role;
  chosen: readonly Scope[];
  onChange: (scopes: readonly Scope[]) => void;
}) {
  const offered = SCOPES.filter((scope) => includesRole(role, roleFor(scope)));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="caps pb-1 text-muted">It may</legend>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2">
        {offered.map((scope) => (
          <Checkbox
            key={scope}
            checked={chosen.includes(scope)}
            onCheckedChange={(isOn) =>
              onChange(isOn === true ? [...chosen, scope] : chosen.filter((other) => other !== scope))
            }
          >
            {scope} <span className="text-xs text-muted">{MEANING[scope]}</span>
          </Checkbox>
        ))}
      </div>
      <div className="flex flex-wrap gap-2 pt-1">
        <Button size="sm" tone="ghost" onClick={() => onChange(offered.filter((scope) => scope.endsWith(':read')))}>
          Everything that only reads
        </Button>
        <Button size="sm" tone="ghost" onClick={() => onChange([])}>
          None
        </Button>
      </div>
    </fieldset>
  );
}
