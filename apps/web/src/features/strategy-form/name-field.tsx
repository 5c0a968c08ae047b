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

/** The name of an entry, by which rules call it; applied when the field is left. */
export function NameField({ label, name, taken, onRename }: NameFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? name;
  const error = !NAME.test(shown)
    ? 'A letter, then letters, digits or _.'
    : shown !== name && taken.includes(shown)
      ? 'This name is taken.'
      : undefined;
  return (
    <Field label={label} {...(error === undefined ? {} : { error })}>
      {(control) => (
        <Input
          {...control}
          value={shown}
          onChange={({ target }) => setText(target.value)}
          onBlur={() => {
            if (error === undefined && shown !== name) onRename(shown);
            setText(null);
          }}
        />
      )}
    </Field>
  );
}
