import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Json, Path } from '../../data/strategies-json.js';
import { Button } from '../../ui/button.js';
import { IconButton } from '../../ui/icon-button.js';
import { useForm, usePlace } from './form-context.js';

/** A titled part of the form; says how many issues lie inside it. */
export function Section({
  title,
  text,
  under,
  children,
}: {
  title: string;
  text?: string;
  under: string;
  children: ReactNode;
}) {
  const { issues } = useForm();
  const id = useId();
  const own = issues.filter(({ path }) => path === under);
  const count = issues.filter(({ path }) => path === under || path.startsWith(`${under}.`)).length;
  return (
    <section aria-labelledby={id} className="border-b-2 border-line p-4">
      <h3 id={id} className="caps flex items-center gap-2">
        {title}
        {count === 0 ? null : <span className="text-down">× {count}</span>}
      </h3>
      {text === undefined ? null : <p className="text-2xs text-muted">{text}</p>}
      {own.map(({ message }) => (
        <p key={message} role="alert" className="text-xs font-bold text-down">
          × {message}
        </p>
      ))}
      <div className="mt-2 flex flex-col gap-3">{children}</div>
    </section>
  );
}

/** A part of a strategy that may be left out: a button that adds it, or the part with a button that removes it. */
export function OptionalPart({
  title,
  path,
  fresh,
  children,
}: {
  title: string;
  path: Path;
  fresh: Json;
  children: ReactNode;
}) {
  const { value, error, set } = usePlace(path);
  const add = useRef<HTMLButtonElement>(null);
  const remove = useRef<HTMLButtonElement>(null);
  const isPressed = useRef(false);
  const isThere = value !== undefined;
  useEffect(() => {
    // The button that was pressed is gone: its counterpart takes the focus.
    if (isPressed.current) (isThere ? remove : add).current?.focus();
    isPressed.current = false;
  }, [isThere]);
  const change = (next: Json | undefined): void => {
    isPressed.current = true;
    set(next);
  };
  if (!isThere)
    return (
      <Button ref={add} size="sm" className="self-start" onClick={() => change(fresh)}>
        + {title}
      </Button>
    );
  return (
    <fieldset className="min-w-0 border-2 border-line p-3">
      <legend className="flex items-center gap-1 px-1 text-xs font-bold">
        {title}
        <IconButton ref={remove} icon={X} label={`Remove ${title}`} size="sm" onClick={() => change(undefined)} />
      </legend>
      {error === undefined ? null : (
        <p role="alert" className="pb-2 text-xs font-bold text-down">
          × {error}
        </p>
      )}
      <div className="flex flex-col gap-3">{children}</div>
    </fieldset>
  );
}

/** Names the key of an entry; taken names and empty ones are refused by staying as they were. */
export function freeName(taken: readonly string[], stem: string): string {
  if (!taken.includes(stem)) return stem;
  let number = 2;
  while (taken.includes(`${stem}${String(number)}`)) number++;
  return `${stem}${String(number)}`;
}
