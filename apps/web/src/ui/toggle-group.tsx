import * as Radix from '@radix-ui/react-toggle-group';
import type { ReactNode } from 'react';
import { cn } from './cn.js';

interface ToggleOption<T extends string> {
  value: T;
  label: ReactNode;
  /** Accessible name when `label` is an icon. */
  name?: string;
  disabled?: boolean;
}

export interface ToggleGroupProps<T extends string> {
  label: string;
  options: readonly ToggleOption<T>[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}

/** One of a few, all in sight; arrow keys move between them. */
export function ToggleGroup<T extends string>({ label, options, value, onChange, className }: ToggleGroupProps<T>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value); // an empty value means the chosen one was pressed again
      }}
      className={cn('inline-flex border-2 border-edge', className)}
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          aria-label={option.name}
          className="flex h-7 min-w-7 flex-auto items-center justify-center gap-1 border-edge px-2 text-xs font-bold whitespace-nowrap text-muted not-first:border-l-2 not-disabled:data-[state=off]:hover:bg-raised not-disabled:data-[state=off]:hover:text-ink focus-visible:z-10 disabled:opacity-50 data-[state=on]:bg-accent data-[state=on]:text-accent-ink touch:h-9 [&_svg]:size-4"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
