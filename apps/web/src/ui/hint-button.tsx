import * as Radix from '@radix-ui/react-tooltip';
import { useRef, useState, type ReactNode } from 'react';

export interface HintButtonProps {
  /** Some lines about what the button names; never the only place where something is said. */
  hint: ReactNode;
  className?: string;
  children: ReactNode;
}

/**
 * A word that explains itself at length: on hover, on focus, on a tap. Unlike a `Tooltip` the text stays while the focus
 * is here, even when the page scrolled to show it; Escape hides it.
 */
export function HintButton({ hint, className, children }: HintButtonProps) {
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const wasEscaped = useRef(false);
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root
        open={open}
        onOpenChange={(next) => {
          const isHeld = document.activeElement === trigger.current && !wasEscaped.current;
          setOpen(next || (open && isHeld));
          wasEscaped.current = false;
        }}
      >
        <Radix.Trigger
          ref={trigger}
          type="button"
          className={className}
          onClick={(event) => {
            event.preventDefault(); // a tooltip would close
            setOpen(true);
          }}
        >
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side="bottom"
            align="start"
            sideOffset={6}
            collisionPadding={8}
            onEscapeKeyDown={() => (wasEscaped.current = true)}
            className="z-60 max-h-(--radix-tooltip-content-available-height) max-w-[min(440px,calc(100vw-16px))] overflow-y-auto border-2 border-ink bg-bg p-3 text-xs wrap-anywhere text-ink"
          >
            {hint}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
