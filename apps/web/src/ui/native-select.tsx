import { ChevronDown } from 'lucide-react';
import { cn } from './cn.js';

export interface NativeSelectProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
}

/** The browser's own select in a toolbar: nothing to load, and a wheel of choices on phones. */
export function NativeSelect<T extends string>({ label, options, value, onChange, className }: NativeSelectProps<T>) {
  return (
    <span className={cn('relative inline-flex h-full items-stretch', className)}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
        className="cursor-pointer appearance-none bg-bg py-0 pr-7 pl-2 text-xs font-bold hover:bg-raised focus-visible:-outline-offset-2"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-bg text-ink">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2" aria-hidden />
    </span>
  );
}
