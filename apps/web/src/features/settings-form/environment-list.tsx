import type { EnvironmentSettingView } from '@wickworks/contracts';
import { Badge } from '../../ui/badge.js';

const SOURCES: Readonly<Record<EnvironmentSettingView['source'], string>> = {
  environment: 'environment',
  'env-file': '.env file',
  default: 'default',
};

/** Variables the server was started with: what is set, where, and what may be. Changed by a restart only. */
export function EnvironmentList({ items }: { items: readonly EnvironmentSettingView[] }) {
  const [set, unset] = [
    items.filter(({ source }) => source !== 'default'),
    items.filter(({ source }) => source === 'default'),
  ];
  return (
    <>
      {set.length === 0 ? (
        <p className="p-3 text-sm text-muted">Nothing is set: all of it is as built in.</p>
      ) : (
        <List items={set} />
      )}
      <details className="border-t-2 border-line">
        <summary className="p-3 text-sm font-bold">Not set ({unset.length})</summary>
        <List items={unset} />
      </details>
    </>
  );
}

function List({ items }: { items: readonly EnvironmentSettingView[] }) {
  return (
    <ul className="divide-y-2 divide-hair">
      {items.map(({ name, isSecret, source, value, accepted }) => (
        <li key={name} className="px-3 py-2">
          <p className="flex flex-wrap items-center justify-between gap-2">
            <code className="text-sm font-bold wrap-anywhere">{name}</code>
            <Badge tone={source === 'default' ? 'muted' : 'plain'}>{SOURCES[source]}</Badge>
          </p>
          <p className="text-xs wrap-anywhere text-muted">
            {source === 'default' ? '' : isSecret ? 'Set, and not shown. ' : `Is ${value ?? ''}. `}
            Accepts {accepted}.
          </p>
        </li>
      ))}
    </ul>
  );
}
