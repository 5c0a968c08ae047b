import type { ComponentProps } from 'react';
import { cn } from './cn.js';

/**
 * A region that scrolls by itself and can be reached and scrolled with the keyboard. Uses the browser's own
 * scroll bars, drawn thin: they keep their touch behaviour and need no injected style.
 */
export function ScrollArea({ label, className, ...props }: ComponentProps<'div'> & { label: string }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn('min-h-0 overflow-auto overscroll-contain focus-visible:-outline-offset-2', className)}
      {...props}
    />
  );
}
