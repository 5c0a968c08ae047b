import type { ReactNode } from 'react';
import { cn } from '../../ui/cn.js';

/** One component with the name of what is shown. */
export function Sample({ name, children, className }: { name: string; children: ReactNode; className?: string }) {
  return (
    <div className="border-b-2 border-hair p-3 last:border-b-0">
      <p className="mb-2 text-2xs text-muted">{name}</p>
      <div className={cn('flex flex-wrap items-center gap-2', className)}>{children}</div>
    </div>
  );
}
