import { SystemSettingsPatch, UserSettingsPatch, type SettingSource } from '@wickworks/contracts';
import { useRef, useState } from 'react';
import type * as z from 'zod';
import { codeOf, issuesOf, sentenceOf } from '../../data/auth-rest.js';
import { useSettingsChange, type SettingsScope } from '../../data/settings-hooks.js';
import { Button } from '../../ui/button.js';
import { notify } from '../../ui/toast-store.js';
import type { SettingGroup } from './fields.js';
import { draftOf, meantBy } from './read-draft.js';
import { SettingControl, type Draft } from './setting-control.js';

const SCHEMAS = { me: UserSettingsPatch, system: SystemSettingsPatch } as const;

/** What is wrong with a value, for people. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return `At most ${String(issue.maximum)}.`;
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'Something must stand here.' : `At least ${String(issue.minimum)}.`;
  if (issue.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int'))
    return 'A whole number.';
  return issue.message;
}

export interface SettingsFormProps {
  scope: SettingsScope;
  groups: readonly SettingGroup[];
  values: Readonly<Record<string, unknown>>;
  sources: Readonly<Record<string, SettingSource>>;
  version: number;
}

/** Settings to look at and change; only what was changed is sent, and what is refused says so where it stands. */
export function SettingsForm({ scope, groups, values, sources, version }: SettingsFormProps) {
  const change = useSettingsChange(scope);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const fields = groups.flatMap((group) => group.fields);
  const changed = fields.filter(({ name }) => name in drafts && drafts[name] !== draftOf(values[name]));

  const showErrors = (found: readonly (readonly [string, string])[]): void => {
    setErrors(Object.fromEntries(found));
    // Once they are drawn, the first one is gone to: it may be out of sight.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const send = (patch: Readonly<Record<string, unknown>>): void => {
    const parsed = SCHEMAS[scope].safeParse(patch);
    if (!parsed.success) {
      showErrors(parsed.error.issues.map((issue) => [String(issue.path[0]), inWords(issue)]));
      return;
    }
    setErrors({});
    change.mutate(
      { version, patch: parsed.data },
      {
        onSuccess: () => {
          setDrafts({});
          notify({ tone: 'good', title: 'Settings saved' });
        },
        onError: (error) => showErrors(issuesOf(error).map(({ path, message }) => [path, message])),
      },
    );
  };
  const save = (): void =>
    send(Object.fromEntries(changed.map((field) => [field.name, meantBy(field, drafts[field.name] ?? '')])));

  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0) save();
      }}
    >
      {groups.map((group) => (
        <fieldset key={group.title} className="flex flex-col gap-4 border-b-2 border-hair p-3">
          <legend className="sr-only">{group.title}</legend>
          <p aria-hidden className="caps text-muted">
            {group.title}
          </p>
          {group.fields.map((field) => (
            <SettingControl
              key={field.name}
              field={field}
              value={drafts[field.name] ?? draftOf(values[field.name])}
              source={sources[field.name] ?? 'default'}
              isChanged={changed.includes(field)}
              error={errors[field.name]}
              onChange={(value) => setDrafts({ ...drafts, [field.name]: value })}
              onReset={() => send({ [field.name]: null })}
            />
          ))}
        </fieldset>
      ))}
      {change.error === null || Object.keys(errors).length > 0 ? null : (
        <p role="alert" className="m-3 mb-0 border-2 border-down p-3 text-sm font-bold text-down">
          {codeOf(change.error) === 'precondition-failed'
            ? 'Somebody changed these meanwhile; they are shown as they are now. Look at yours and save again.'
            : sentenceOf(change.error)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3 p-3">
        <Button type="submit" tone="primary" size="lg" busy={change.isPending} disabled={changed.length === 0}>
          {changed.length > 1 ? `Save ${String(changed.length)} changes` : 'Save'}
        </Button>
        {changed.length === 0 ? null : (
          <Button
            tone="ghost"
            size="lg"
            onClick={() => {
              setDrafts({});
              setErrors({});
            }}
          >
            Leave as it was
          </Button>
        )}
      </div>
    </form>
  );
}
