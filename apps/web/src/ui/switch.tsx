import * as Radix from '@radix-ui/react-switch';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from './cn.js';

/** On or off, at once. The text beside it belongs to it and can be clicked. */
export function Switch({
  children,
  className,
  id,
  ...props
}: ComponentProps<typeof Radix.Root> & { children: ReactNode }) {
  const fallback = useId();
  const switchId = id ?? fallback;
  return (
    <div className={cn('flex items-center gap-2', className)}>
      <Radix.Root
        id={switchId}
        className="group flex h-5 w-10 shrink-0 border-2 border-edge bg-surface p-0.5 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent in-data-[theme=light]:data-[state=checked]:border-line"
        {...props}
      >
        <Radix.Thumb className="block h-full w-4 bg-ink transition-transform duration-75 data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-ink" />
      </Radix.Root>
      <label htmlFor={switchId} className="cursor-pointer text-sm">
        {children}
      </label>
    </div>
  );
}
