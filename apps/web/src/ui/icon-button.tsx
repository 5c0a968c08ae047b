import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { buttonStyle } from './button.js';
import { cn } from './cn.js';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  icon: LucideIcon;
  /** What it does: the accessible name, and the text shown on hover and focus. */
  label: string;
  tone?: 'plain' | 'ghost' | 'danger' | 'primary';
  size?: 'sm' | 'md' | 'lg';
  /** For buttons that stay in: pressed or not. */
  pressed?: boolean;
  tipSide?: 'bottom' | 'top' | 'right' | 'left';
}

const SQUARE = { sm: 'size-7 touch:size-9', md: 'size-8 touch:size-10', lg: 'size-10 touch:size-12' } as const;

/** A square button that shows only an icon; its label appears on hover and keyboard focus. */
export function IconButton({
  icon: Icon,
  label,
  tone = 'ghost',
  size = 'md',
  pressed,
  tipSide = 'bottom',
  className,
  ...props
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      data-tip={label}
      data-tip-side={tipSide}
      className={cn(
        buttonStyle({ tone, size }),
        SQUARE[size],
        'tip px-0 aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-bg',
        className,
      )}
      {...props}
    >
      <Icon aria-hidden />
    </button>
  );
}
