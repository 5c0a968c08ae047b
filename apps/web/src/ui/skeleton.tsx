import { cn } from './cn.js';

/** Holds the place of something that is loading; the region around it says so with `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('hatch h-5 border-2 border-hair', className)} />;
}
