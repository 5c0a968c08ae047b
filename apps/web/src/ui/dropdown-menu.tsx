import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.js';
import { Kbd } from './kbd.js';

const ITEM =
  'flex h-7 cursor-pointer items-center gap-2 px-2 text-sm outline-none select-none data-disabled:cursor-not-allowed data-disabled:opacity-50 data-highlighted:bg-ink data-highlighted:text-bg touch:h-10 [&_svg]:size-4 [&_svg]:shrink-0';

/** A button that opens a list of actions; not modal, so the page behind stays usable. */
export function DropdownMenu({
  trigger,
  children,
  align = 'end',
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-[180px] border-2 border-ink bg-bg text-ink data-[state=open]:animate-[wick-enter_80ms_ease-out]"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  keys?: string;
  danger?: boolean;
}

export function MenuItem({ keys, danger, className, children, ...props }: MenuItemProps) {
  return (
    <Radix.Item
      className={cn(ITEM, danger && 'text-down data-highlighted:bg-down data-highlighted:text-down-ink', className)}
      {...props}
    >
      <span className="flex flex-1 items-center gap-2">{children}</span>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </Radix.Item>
  );
}

export function MenuCheckItem({ className, children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cn(ITEM, className)} {...props}>
      <span className="flex size-4 items-center justify-center border-2 border-current">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-3!" strokeWidth={4} />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label className={cn('caps px-2 pt-2 pb-1 text-muted', className)} {...props} />;
}

export function MenuSeparator() {
  return <Radix.Separator className="h-0.5 bg-line" />;
}
