import { useState, type ReactNode } from 'react';
import { Button } from './button.js';
import { Field } from './field.js';
import { Input } from './input.js';

/** One thing to type. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autoComplete: string;
  readonly hint?: string;
  readonly inputMode?: 'numeric';
  readonly optional?: true;
}

export interface CredentialsFormProps {
  fields: readonly CredentialField[];
  action: string;
  /** What the server said against it. */
  error: string | null;
  /** Resolves when there is nothing left to do here. */
  onSubmit: (values: Readonly<Record<string, string>>) => Promise<void>;
  /** Puts the focus into the first field, where the form is all there is to do. */
  focusFirst?: boolean;
  /** What else is chosen, between the fields and the button. */
  more?: ReactNode;
  children?: ReactNode;
}

/** A short form that proves who one is. Nothing typed is lost when it is refused. */
export function CredentialsForm({
  fields,
  action,
  error,
  onSubmit,
  focusFirst = false,
  more,
  children,
}: CredentialsFormProps) {
  const [busy, setBusy] = useState(false);
  const submit = async (event: { preventDefault(): void; currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
    const values = Object.fromEntries(fields.map(({ name }) => [name, textOf(data.get(name))]));
    setBusy(true);
    await onSubmit(values).finally(() => setBusy(false));
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      {fields.map(({ name, label, type, autoComplete, hint, inputMode, optional }, index) => (
        <Field key={name} label={label} {...(hint !== undefined && { hint })}>
          {(control) => (
            <Input
              {...control}
              name={name}
              type={type}
              autoComplete={autoComplete}
              inputMode={inputMode}
              required={optional !== true}
              autoFocus={focusFirst && index === 0}
              className="h-10"
            />
          )}
        </Field>
      ))}
      {more}
      {error === null ? null : (
        <p role="alert" className="border-2 border-down p-3 text-sm font-bold text-down">
          {error}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" size="lg" busy={busy}>
          {action}
        </Button>
        {children}
      </div>
    </form>
  );
}
