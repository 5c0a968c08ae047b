import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from '@radix-ui/react-slot';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 border-2 font-bold whitespace-nowrap select-none disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain:
          'border-edge bg-transparent text-ink not-disabled:hover:border-ink not-disabled:hover:bg-ink not-disabled:hover:text-bg active:not-disabled:bg-accent active:not-disabled:text-accent-ink',
        primary:
          'border-accent bg-accent text-accent-ink not-disabled:hover:border-ink not-disabled:hover:bg-ink not-disabled:hover:text-bg in-data-[theme=light]:border-line',
        danger:
          'border-down bg-transparent text-down not-disabled:hover:bg-down not-disabled:hover:text-down-ink active:not-disabled:bg-ink active:not-disabled:text-bg',
        ghost: 'border-transparent bg-transparent text-muted not-disabled:hover:bg-raised not-disabled:hover:text-ink',
      },
      size: {
        sm: 'h-7 px-2 text-xs touch:h-9',
        md: 'h-8 px-3 text-sm touch:h-10',
        lg: 'h-10 px-4 text-base touch:h-12',
      },
    },
    defaultVariants: { tone: 'plain', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Gives look and behaviour to the only child, e.g. a link. */
  asChild?: boolean;
  /** Work is under way: shows a spinner and ignores clicks while the focus stays. */
  busy?: boolean;
}

/** A push button; `type` is `button` unless told otherwise. */
export function Button({ tone, size, asChild, busy, className, children, onClick, ...props }: ButtonProps) {
  const style = cn(buttonStyle({ tone, size }), className);
  if (asChild)
    return (
      <Slot className={style} {...props}>
        {children}
      </Slot>
    );
  return (
    <button
      type="button"
      className={style}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...props}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
