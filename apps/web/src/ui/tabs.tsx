import * as Radix from '@radix-ui/react-tabs';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

/** Tabs over panels: arrow keys move and choose. */
export const Tabs = Radix.Root;

export function TabList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn('flex border-b-2 border-line', className)} {...props} />;
}

export function Tab({ className, ...props }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        'caps -mb-0.5 h-8 border-2 border-transparent px-3 text-muted hover:text-ink focus-visible:-outline-offset-4 disabled:opacity-50 data-[state=active]:border-line data-[state=active]:border-b-bg data-[state=active]:bg-bg data-[state=active]:text-ink touch:h-10',
        'relative data-[state=active]:before:absolute data-[state=active]:before:inset-x-0 data-[state=active]:before:-top-0.5 data-[state=active]:before:h-1 data-[state=active]:before:bg-accent',
        className,
      )}
      {...props}
    />
  );
}

export function TabPanel({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('py-3', className)} {...props} />;
}
