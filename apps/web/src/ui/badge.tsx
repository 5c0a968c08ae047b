import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.js';

const badgeStyle = cva(
  'inline-flex h-5 shrink-0 items-center gap-1 border-2 px-1 text-2xs font-bold whitespace-nowrap uppercase',
  {
    variants: {
      tone: {
        plain: 'border-edge text-ink',
        solid: 'border-ink bg-ink text-bg',
        accent: 'border-accent bg-accent text-accent-ink in-data-[theme=light]:border-line',
        up: 'border-up text-up',
        down: 'border-down bg-down text-down-ink',
        warn: 'border-warn text-warn',
        muted: 'border-line text-muted',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
);

/** A short word about a state; the word carries the meaning, the colour only repeats it. */
export function Badge({ tone, className, ...props }: ComponentProps<'span'> & VariantProps<typeof badgeStyle>) {
  return <span className={cn(badgeStyle({ tone }), className)} {...props} />;
}
