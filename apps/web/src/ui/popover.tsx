import * as Radix from '@radix-ui/react-popover';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

/** The floating part; it stays on the screen and is never wider than a phone. */
export function PopoverContent({
  className,
  sideOffset = 4,
  align = 'start',
  ...props
}: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] overflow-auto border-2 border-ink bg-bg text-ink outline-none data-[state=open]:animate-[wick-enter_80ms_ease-out]',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
