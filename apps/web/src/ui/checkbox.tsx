import * as Radix from '@radix-ui/react-checkbox';
import { Check, Minus } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from './cn.js';

/** A choice that takes effect with its form; `indeterminate` when only some below it are chosen. */
export function Checkbox({
  children,
  className,
  id,
  ...props
}: ComponentProps<typeof Radix.Root> & { children: ReactNode }) {
  const fallback = useId();
  const boxId = id ?? fallback;
  return (
    <div className={cn('flex items-center gap-2', className)}>
      <Radix.Root
        id={boxId}
        className="group flex size-5 shrink-0 items-center justify-center border-2 border-edge bg-surface hover:not-disabled:border-ink disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-accent-ink data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent data-[state=indeterminate]:text-accent-ink in-data-[theme=light]:data-[state=checked]:border-line"
        {...props}
      >
        <Radix.Indicator>
          <Check className="size-4 group-data-[state=indeterminate]:hidden" strokeWidth={4} aria-hidden />
          <Minus className="hidden size-4 group-data-[state=indeterminate]:block" strokeWidth={4} aria-hidden />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={boxId} className="cursor-pointer text-sm">
        {children}
      </label>
    </div>
  );
}
