import { useState } from 'react';
import type * as z from 'zod';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';

/** What a schema says against a number, as the end of a sentence that begins with the field's name. */
export function wordsOf(error: z.ZodError | undefined): string | undefined {
  const issue = error?.issues[0];
  switch (issue?.code) {
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'below' : 'at most'} ${String(issue.maximum)}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'above' : 'at least'} ${String(issue.minimum)}`;
    case 'invalid_type':
      return issue.expected === 'int' ? 'must be a whole number' : issue.message;
    default:
      return issue?.message;
  }
}

export interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number | null;
  /** May be left empty, which is `null`; shown then. */
  empty?: string;
  /** Says what is wrong with a number, or takes it. */
  check: (value: number) => string | undefined;
  onChange: (value: number | null) => void;
}

/** A number as typed: what cannot be taken stays to be put right, and it is said what counts meanwhile. */
export function NumberField({ label, hint, value, empty, check, onChange }: NumberFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const faultOf = (typed: string): string | undefined => {
    if (typed.trim() === '') return empty === undefined ? 'needs a number' : undefined;
    return Number.isFinite(Number(typed)) ? check(Number(typed)) : 'needs a number';
  };
  const fault = text === null ? undefined : faultOf(text);
  const error = fault === undefined ? undefined : `${label}: ${fault}; ${value === null ? 'not' : String(value)} used`;
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...(error === undefined ? {} : { error })}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          placeholder={empty}
          value={text ?? (value === null ? '' : String(value))}
          onChange={({ target }) => {
            setText(target.value);
            if (faultOf(target.value) === undefined) onChange(target.value.trim() === '' ? null : Number(target.value));
          }}
          onBlur={() => {
            if (fault === undefined) setText(null);
          }}
        />
      )}
    </Field>
  );
}
