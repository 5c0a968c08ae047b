import { useState } from 'react';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';

const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/;

export interface NameFieldProps {
  label: string;
  name: string;
  taken: readonly string[];
  onRename: (name: string) => void;
}

/** The name of an entry, by which rules call it; applied with Enter or when the field is left, Escape takes it back. */
export function NameField({ label, name, taken, onRename }: NameFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? name;
  const error = !NAME.test(shown)
    ? 'A letter, then letters, digits or _.'
    : shown !== name && taken.includes(shown)
      ? 'This name is taken.'
      : undefined;
  const apply = (): void => {
    if (error === undefined && shown !== name) onRename(shown);
    setText(null);
  };
  return (
    <Field label={label} {...(error === undefined ? { hint: 'What calls it follows' } : { error })}>
      {(control) => (
        <Input
          {...control}
          value={shown}
          onChange={({ target }) => setText(target.value)}
          onBlur={apply}
          onKeyDown={(event) => {
            if (event.key === 'Enter') apply();
            if (event.key === 'Escape') setText(null);
          }}
        />
      )}
    </Field>
  );
}
