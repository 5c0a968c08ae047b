import { useId, useState } from 'react';
import { useUsers, type AuditFilter } from '../../data/auth-hooks.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';

export const NO_FILTER: AuditFilter = { actor: '', action: '', target: '', fromMs: null, toMs: null };
const DAY_MS = 86_400_000;

/** Whose, which and when; asked for as a whole, so that nothing is asked while one types. */
export function AuditFilterForm({
  onApply,
  actions,
}: {
  onApply: (filter: AuditFilter) => void;
  /** Those in sight, to choose from. */
  actions: readonly string[];
}) {
  const users = useUsers(true).data ?? [];
  const [actor, setActor] = useState('');
  const [round, setRound] = useState(0);
  const listId = useId();
  const submit = (event: { preventDefault(): void; currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const day = (name: string): number | null => (text(name) === '' ? null : Date.parse(`${text(name)}T00:00:00Z`));
    const lastDay = day('to');
    onApply({
      actor,
      action: text('action'),
      target: text('target'),
      fromMs: day('from'),
      toMs: lastDay === null ? null : lastDay + DAY_MS,
    });
  };
  return (
    <form
      key={round}
      onSubmit={submit}
      onReset={() => {
        setActor('');
        setRound(round + 1);
        onApply(NO_FILTER);
      }}
      className="grid grid-cols-2 items-end gap-3 border-b-2 border-line p-3 lg:grid-cols-[repeat(5,minmax(0,1fr))_auto]"
    >
      <Field label="Who" className="max-lg:col-span-full">
        {(control) => (
          <Select
            {...control}
            label="Who"
            options={[
              { value: '', label: 'Everybody' },
              ...users.map(({ id, username }) => ({ value: id, label: username })),
            ]}
            value={actor}
            onChange={setActor}
          />
        )}
      </Field>
      <Field label="What">
        {(control) => <Input {...control} name="action" list={listId} placeholder="session.begin" autoComplete="off" />}
      </Field>
      <Field label="Target">
        {(control) => <Input {...control} name="target" placeholder="user:…" autoComplete="off" />}
      </Field>
      <Field label="From (UTC)">{(control) => <Input {...control} name="from" type="date" />}</Field>
      <Field label="To (UTC)">{(control) => <Input {...control} name="to" type="date" />}</Field>
      <datalist id={listId}>
        {actions.map((action) => (
          <option key={action} value={action} />
        ))}
      </datalist>
      <div className="flex gap-2 max-lg:col-span-full">
        <Button type="submit" tone="primary">
          Filter
        </Button>
        <Button type="reset" tone="ghost">
          Clear
        </Button>
      </div>
    </form>
  );
}
