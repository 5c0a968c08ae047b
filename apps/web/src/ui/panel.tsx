import { useId, type ReactNode } from 'react';
import { cn } from './cn.js';

export interface PanelProps {
  title: string;
  /** Right of the title: buttons, a badge. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
  bodyClassName?: string;
}

/** A framed region with a title of its own. */
export function Panel({ title, actions, children, className, bodyClassName }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn('flex min-h-0 min-w-0 flex-col border-2 border-line bg-bg', className)}>
      <header className="flex h-9 shrink-0 items-center justify-between gap-2 border-b-2 border-line pr-1 pl-3 touch:h-11">
        <h2 id={id} className="caps truncate">
          {title}
        </h2>
        <div className="flex shrink-0 items-center gap-1">{actions}</div>
      </header>
      <div className={cn('min-h-0 flex-1', bodyClassName)}>{children}</div>
    </section>
  );
}
