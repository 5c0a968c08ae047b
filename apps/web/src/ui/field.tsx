import { useId, type ReactNode } from 'react';
import { cn } from './cn.js';

/** What a field hands to its control, so that label, hint and error belong to it for assistive technology. */
interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

export interface FieldProps {
  label: string;
  hint?: string;
  /** What is wrong and how to put it right. */
  error?: string;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** A labelled control with a hint below it, or the error in its place. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="caps text-muted">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note === undefined ? undefined : noteId,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {note === undefined ? null : (
        <p
          id={noteId}
          role={error === undefined ? undefined : 'alert'}
          className={cn('text-xs', error === undefined ? 'text-muted' : 'font-bold text-down')}
        >
          {error === undefined ? note : `× ${note}`}
        </p>
      )}
    </div>
  );
}
