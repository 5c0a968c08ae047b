import type { SettingsChangeView } from '@wickworks/contracts';
import { History, Undo2 } from 'lucide-react';
import { SystemSettingsPatch, UserSettingsPatch } from '@wickworks/contracts';
import { sentenceOf } from '../../data/auth-rest.js';
import { useSettingsChange, useSettingsHistory, type SettingsScope } from '../../data/settings-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { notify } from '../../ui/toast-store.js';
import { Unloaded } from '../../ui/unloaded.js';
import { labelOf, type SettingGroup } from './fields.js';

const SCHEMAS = { me: UserSettingsPatch, system: SystemSettingsPatch } as const;
const wordOf = (value: unknown): string =>
  value === null || value === undefined ? 'default' : typeof value === 'string' ? value : JSON.stringify(value);

/** Who changed what from what into what, newest first; each change can be undone. */
export function SettingsHistory({
  scope,
  groups,
  version,
  zone,
}: {
  scope: SettingsScope;
  groups: readonly SettingGroup[];
  version: number;
  zone: string;
}) {
  const history = useSettingsHistory(scope);
  const change = useSettingsChange(scope);
  if (history.data === undefined) return <Unloaded query={history} what="the history" />;
  if (history.data.length === 0)
    return (
      <EmptyState icon={History} title="Nothing changed yet" text="Every change will stand here, and can be undone." />
    );
  const undo = ({ before }: SettingsChangeView): void => {
    const patch = SCHEMAS[scope].safeParse(before);
    if (!patch.success) {
      notify({ tone: 'bad', title: 'Not restored', text: 'A setting of then is none of today.' });
      return;
    }
    change.mutate(
      { version, patch: patch.data },
      {
        onSuccess: () => notify({ tone: 'good', title: 'Restored' }),
        onError: (error) => notify({ tone: 'bad', title: 'Not restored', text: sentenceOf(error) }),
      },
    );
  };
  return (
    <ol className="max-h-[560px] divide-y-2 divide-hair overflow-y-auto">
      {history.data.map((item) => (
        <li key={item.version} className="flex items-start justify-between gap-3 px-3 py-2">
          <div className="min-w-0">
            <dl className="text-sm">
              {Object.entries(item.after).map(([name, after]) => (
                <div key={name} className="flex flex-wrap gap-x-2 wrap-anywhere">
                  <dt className="font-bold">{labelOf(groups, name)}</dt>
                  <dd>
                    <del className="text-muted">{wordOf(item.before[name])}</del>
                    {' → '}
                    {wordOf(after)}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="text-xs text-muted">
              {formatDateTime(item.timeMs, zone)} · {item.actorName}
            </p>
          </div>
          <Button
            size="sm"
            busy={change.isPending && change.variables.patch === item.before}
            onClick={() => undo(item)}
          >
            <Undo2 aria-hidden />
            Restore<span className="sr-only"> what was before change {item.version}</span>
          </Button>
        </li>
      ))}
    </ol>
  );
}
