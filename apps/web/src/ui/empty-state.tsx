import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.js';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What would fill this place, and how. */
  text: string;
  action?: ReactNode;
  className?: string;
}

/** Nothing here, and what to do about it. */
export function EmptyState({ icon: Icon, title, text, action, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center gap-2 p-6 text-center', className)}>
      <Icon className="size-8 text-faint" strokeWidth={1.5} aria-hidden />
      <p className="text-base font-extrabold">{title}</p>
      <p className="max-w-[44ch] text-sm text-muted">{text}</p>
      {action === undefined ? null : <div className="mt-2">{action}</div>}
    </div>
  );
}
