import * as Radix from '@radix-ui/react-slider';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

/** One value on a line; arrows step, Page Up and Down leap, Home and End go to the ends. */
export function Slider({ label, className, ...props }: ComponentProps<typeof Radix.Root> & { label: string }) {
  return (
    <Radix.Root
      className={cn('relative flex h-8 w-full touch-none items-center select-none data-disabled:opacity-50', className)}
      {...props}
    >
      <Radix.Track className="relative h-2 grow border-2 border-edge bg-surface">
        <Radix.Range className="absolute h-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb aria-label={label} className="block h-6 w-3 border-2 border-ink bg-bg hover:bg-accent" />
    </Radix.Root>
  );
}
