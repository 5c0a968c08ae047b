import { ChevronDown } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { cn } from './cn.js';
import { controlStyle } from './input.js';
import { Listbox, optionId } from './listbox.js';
import type { Option } from './option.js';
import { Popover, PopoverAnchor, PopoverContent } from './popover.js';
import { useListCursor } from './use-list-cursor.js';

export interface SelectProps<T extends string> {
  /** Accessible name; a `Field` around gives it too. */
  label: string;
  options: readonly (Option & { value: T })[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean;
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  className?: string;
}

const TYPEAHEAD_MS = 700;

/**
 * Choose one of some. The focus stays on the control (the select-only combobox of the ARIA practices), so letters
 * jump to what they begin and Escape leaves everything as it was.
 */
export function Select<T extends string>({
  label,
  options,
  value,
  onChange,
  disabled = false,
  className,
  ...control
}: SelectProps<T>) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const typed = useRef({ text: '', timeMs: 0 });
  const trigger = useRef<HTMLButtonElement>(null);
  const chosen = options.find((option) => option.value === value);

  const pick = (index: number): void => {
    const option = options[index];
    if (option !== undefined) onChange(option.value);
    setOpen(false);
  };
  const cursor = useListCursor({
    count: options.length,
    isDisabled: (index) => options[index]?.disabled ?? false,
    onPick: pick,
  });

  const show = (): void => {
    cursor.setActive(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
    setOpen(true);
  };

  const typeahead = (event: KeyboardEvent): boolean => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const { text, timeMs } = typed.current;
    const next = (event.timeStamp - timeMs < TYPEAHEAD_MS ? text : '') + event.key.toLowerCase();
    typed.current = { text: next, timeMs: event.timeStamp };
    const index = options.findIndex(
      (option) => option.disabled !== true && option.label.toLowerCase().startsWith(next),
    );
    if (index >= 0) {
      if (!open) setOpen(true);
      cursor.setActive(index);
    }
    event.preventDefault();
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) {
      if (['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(event.key)) {
        event.preventDefault();
        show();
      } else typeahead(event);
      return;
    }
    if (event.key === 'Escape' || event.key === 'Tab') {
      setOpen(false);
      if (event.key === 'Escape') event.stopPropagation(); // a dialog around must stay
      return;
    }
    if (event.key === ' ' && typed.current.text === '') {
      event.preventDefault();
      pick(cursor.active);
      return;
    }
    if (!cursor.onKey(event)) typeahead(event);
  };

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverAnchor asChild>
        <button
          ref={trigger}
          type="button"
          role="combobox"
          aria-label={control.id === undefined ? label : undefined}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={open ? listId : undefined}
          aria-activedescendant={open ? optionId(listId, cursor.active) : undefined}
          disabled={disabled}
          className={cn(controlStyle(), 'flex items-center justify-between gap-2 text-left', className)}
          onClick={() => (open ? setOpen(false) : show())}
          onKeyDown={onKeyDown}
          {...control}
        >
          <span className="truncate font-bold">{chosen?.label ?? '–'}</span>
          <ChevronDown className="size-4 shrink-0" aria-hidden />
        </button>
      </PopoverAnchor>
      <PopoverContent
        className="w-(--radix-popover-trigger-width) min-w-40"
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => {
          if (event.target instanceof Node && trigger.current?.contains(event.target) === true) event.preventDefault();
        }}
      >
        <Listbox
          id={listId}
          label={label}
          options={options}
          active={cursor.active}
          selected={value}
          onActive={cursor.setActive}
          onPick={pick}
        />
      </PopoverContent>
    </Popover>
  );
}
