import * as Radix from '@radix-ui/react-dialog';
import { cva, type VariantProps } from 'class-variance-authority';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { cn } from './cn.js';

const frame = cva(
  'fixed z-50 flex flex-col border-2 border-ink bg-bg text-ink outline-none data-[state=open]:animate-[wick-enter_80ms_ease-out]',
  {
    variants: {
      place: {
        center: 'top-1/2 left-1/2 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-[560px] -translate-1/2',
        /** Near the top, for things one types in: the list below grows and shrinks without the input moving. */
        top: 'top-[max(16px,10dvh)] left-1/2 max-h-[calc(90dvh-16px)] w-[calc(100vw-32px)] max-w-[640px] -translate-x-1/2 max-sm:inset-0 max-sm:max-h-none max-sm:w-auto max-sm:translate-none',
        right: 'inset-y-0 right-0 w-[min(400px,100vw)]',
        left: 'inset-y-0 left-0 w-[min(320px,88vw)]',
        bottom: 'inset-x-0 bottom-0 max-h-[85dvh]',
      },
    },
    defaultVariants: { place: 'center' },
  },
);

export interface DialogProps extends VariantProps<typeof frame> {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Says in a sentence what the dialog is for; read out when it opens. */
  description?: string;
  className?: string;
  children: ReactNode;
  /** Buttons at the lower edge, the safe one first. */
  footer?: ReactNode;
}

/** A modal layer: focus stays inside until it closes, Escape closes it, focus returns to where it was. */
export function Dialog({ open, onOpenChange, title, description, place, className, children, footer }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-bg/75" />
        <Radix.Content
          className={cn(frame({ place }), className)}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          // Left alone, Radix gives the focus back to a trigger of its own only.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="flex h-9 shrink-0 items-center justify-between bg-ink pl-3 text-bg touch:h-11">
            <Radix.Title className="caps">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="flex aspect-square h-full items-center justify-center hover:bg-accent hover:text-accent-ink focus-visible:-outline-offset-4 focus-visible:outline-accent"
            >
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </header>
          {description === undefined ? null : (
            <Radix.Description className="px-4 pt-3 text-sm text-muted">{description}</Radix.Description>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer === undefined ? null : (
            <footer className="flex shrink-0 flex-wrap justify-end gap-2 border-t-2 border-line p-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
