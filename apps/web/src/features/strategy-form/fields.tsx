import { useId, useState, type ChangeEvent } from 'react';
import { isList, type Json, type Path } from '../../data/strategies-json.js';
import { Checkbox } from '../../ui/checkbox.js';
import { Field } from '../../ui/field.js';
import { cn } from '../../ui/cn.js';
import { controlStyle, Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { useForm, usePlace } from './form-context.js';

interface PlaceProps {
  label: string;
  path: Path;
  hint?: string;
  className?: string;
}

const shownText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Text as the document holds it: a number when it reads as one. */
const numberOrText = (text: string): number | string =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;

/**
 * The text of a field that holds a number, and how to change it. What is being typed stays as it is for as long as it
 * means the value: `0.` and `0.0` are 0 on the way to `0.02`.
 */
function useTyped(value: Json | undefined, set: (value: Json | undefined) => void, optional: boolean) {
  const [typed, setTyped] = useState<string | null>(null);
  return {
    value: typed !== null && numberOrText(typed) === value ? typed : shownText(value),
    onChange: ({ target }: ChangeEvent<HTMLInputElement>): void => {
      setTyped(target.value);
      set(optional && target.value === '' ? undefined : numberOrText(target.value));
    },
    onBlur: () => setTyped(null),
  };
}

const extras = (hint: string | undefined, error: string | undefined) => ({
  ...(hint === undefined ? {} : { hint }),
  ...(error === undefined ? {} : { error }),
});

/** Plain text; an empty one takes the field away when it is optional. */
export function TextField({ label, path, hint, className, optional = false }: PlaceProps & { optional?: boolean }) {
  const { value, error, set } = usePlace(path);
  return (
    <Field label={label} {...extras(hint, error)} {...(className === undefined ? {} : { className })}>
      {(control) => (
        <Input
          {...control}
          value={shownText(value)}
          onChange={({ target }) => set(optional && target.value === '' ? undefined : target.value)}
        />
      )}
    </Field>
  );
}

/** Text of several lines: as high as what it holds. */
export function ProseField({ label, path, hint, className, optional = false }: PlaceProps & { optional?: boolean }) {
  const { value, error, set } = usePlace(path);
  return (
    <Field label={label} {...extras(hint, error)} {...(className === undefined ? {} : { className })}>
      {(control) => (
        <textarea
          {...control}
          rows={2}
          className={cn(controlStyle(), 'h-auto max-h-72 resize-y py-1 field-sizing-content touch:h-auto')}
          value={shownText(value)}
          onChange={({ target }) => set(optional && target.value === '' ? undefined : target.value)}
        />
      )}
    </Field>
  );
}

/** A number, or the name of a parameter such as `$period`. */
export function AmountField({ label, path, hint, className, optional = false }: PlaceProps & { optional?: boolean }) {
  const { value, error, set } = usePlace(path);
  const typed = useTyped(value, set, optional);
  const { numericParams } = useForm();
  const listId = useId();
  return (
    <Field label={label} {...extras(hint, error)} {...(className === undefined ? {} : { className })}>
      {(control) => (
        <>
          <Input
            {...control}
            list={listId}
            autoComplete="off"
            placeholder={optional ? 'default' : 'number or $parameter'}
            {...typed}
          />
          <datalist id={listId}>
            {numericParams.map((name) => (
              <option key={name} value={`$${name}`} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** Anything that is a number at a candle, by name; operations have an editor of their own. */
export function OperandField({ label, path }: PlaceProps) {
  const { value, error, set } = usePlace(path);
  const typed = useTyped(value, set, false);
  const { operands } = useForm();
  const listId = useId();
  return (
    <span className="flex min-w-32 flex-1 flex-col">
      <Input
        aria-label={label}
        aria-invalid={error === undefined ? undefined : true}
        list={listId}
        autoComplete="off"
        placeholder="close, rsi, $level, 70"
        {...typed}
      />
      <datalist id={listId}>
        {operands.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {error === undefined ? null : <span className="text-2xs font-bold text-down">× {error}</span>}
    </span>
  );
}

/** One of a closed list of words. */
export function ChoiceField<T extends string>({
  label,
  path,
  hint,
  className,
  options,
  fallback,
}: PlaceProps & { options: readonly { value: T; label: string }[]; fallback: T }) {
  const { value, error, set } = usePlace(path);
  return (
    <Field label={label} {...extras(hint, error)} {...(className === undefined ? {} : { className })}>
      {(control) => (
        <Select
          {...control}
          label={label}
          options={options}
          value={options.find((option) => option.value === value)?.value ?? fallback}
          onChange={(next) => set(next)}
        />
      )}
    </Field>
  );
}

/** Yes or no; left out it is `fallback`. */
export function FlagField({ label, path, fallback = false }: PlaceProps & { fallback?: boolean }) {
  const { value, set } = usePlace(path);
  return (
    <Checkbox checked={value === undefined ? fallback : value === true} onCheckedChange={(next) => set(next === true)}>
      {label}
    </Checkbox>
  );
}

/** Words in a list, comma between; an empty one takes an optional list away. */
export function WordsField({ label, path, hint, className, optional = false }: PlaceProps & { optional?: boolean }) {
  const { value, error, set } = usePlace(path);
  const words = isList(value) ? value.map(String).join(', ') : '';
  return (
    <Field label={label} {...extras(hint, error)} {...(className === undefined ? {} : { className })}>
      {(control) => (
        <Input
          {...control}
          key={words}
          defaultValue={words}
          onBlur={({ target }) => {
            const given = target.value
              .split(',')
              .map((word) => word.trim())
              .filter(Boolean);
            if (given.join(', ') !== words) set(optional && given.length === 0 ? undefined : given);
          }}
        />
      )}
    </Field>
  );
}
