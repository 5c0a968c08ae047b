import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cn } from './cn.js';
import { controlStyle } from './input.js';
import type { Option } from './option.js';
import { Popover, PopoverContent, PopoverTrigger } from './popover.js';
import { SearchList } from './search-list.js';

export interface ComboboxProps {
  /** Accessible name of the list and, without a `Field` around, of the control. */
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange: (value: string) => void;
  placeholder?: string;
  /** Another way to find and order options than by their labels. */
  search?: (options: readonly Option[], query: string) => readonly Option[];
  disabled?: boolean;
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  className?: string;
}

/** Choose one of many by typing; made for thousands of entries. */
export function Combobox({
  label,
  options,
  value,
  onChange,
  placeholder = 'Choose',
  className,
  disabled = false,
  search,
  ...control
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={control.id === undefined ? `${label}: ${chosen?.label ?? placeholder}` : undefined}
          disabled={disabled}
          className={cn(controlStyle(), 'flex items-center justify-between gap-2 text-left', className)}
          {...control}
        >
          <span className={cn('truncate', chosen === undefined ? 'text-faint' : 'font-bold')}>
            {chosen?.label ?? placeholder}
          </span>
          <ChevronDown className="size-4 shrink-0" aria-hidden />
        </button>
      </PopoverTrigger>
      <PopoverContent className="w-80 min-w-(--radix-popover-trigger-width)" aria-label={label}>
        <SearchList
          label={label}
          options={options}
          selected={value ?? undefined}
          {...(search === undefined ? {} : { search })}
          onPick={(option) => {
            onChange(option.value);
            setOpen(false);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
