import { cva } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

/** The look shared by everything one types or chooses in. */
export const controlStyle = cva(
  'h-8 w-full min-w-0 border-2 border-edge bg-surface px-2 text-sm text-ink placeholder:text-faint hover:not-disabled:border-ink disabled:opacity-50 aria-invalid:border-down touch:h-10 touch:text-lg',
);

/** A text field; give it a label through `Field` or `aria-label`. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  return <input type={type} className={cn(controlStyle(), className)} {...props} />;
}
