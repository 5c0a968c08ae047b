import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { cn } from './cn.js';
import type { Option } from './option.js';

export interface ListboxProps<T extends Option> {
  id: string;
  label: string;
  options: readonly T[];
  active: number;
  selected?: string | undefined;
  onActive: (index: number) => void;
  onPick: (index: number) => void;
  /** Replaces the usual line of label and hint. */
  render?: (option: T, state: { active: boolean; selected: boolean }) => ReactNode;
  className?: string;
}

/** Id of the entry at `index`, for `aria-activedescendant`. */
export const optionId = (listId: string, index: number): string | undefined =>
  index < 0 ? undefined : `${listId}-${String(index)}`;

const TOUCH = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
const ROW_PX = TOUCH ? 44 : 28;

/** A list of any length of which only the part in sight exists; the focus stays in whatever controls it. */
export function Listbox<T extends Option>({
  id,
  label,
  options,
  active,
  selected,
  onActive,
  onPick,
  render,
  className,
}: ListboxProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- concerns the React compiler, which we do not use
  const virtual = useVirtualizer({
    count: options.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });

  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [active, virtual]);

  return (
    <div
      ref={scroller}
      id={id}
      role="listbox"
      aria-label={label}
      className={cn('max-h-80 overflow-y-auto overscroll-contain', className)}
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const option = options[item.index];
          if (option === undefined) return null;
          const state = { active: item.index === active, selected: option.value === selected };
          return (
            <div
              key={option.value}
              id={optionId(id, item.index)}
              role="option"
              aria-selected={state.selected}
              aria-disabled={option.disabled ?? undefined}
              aria-setsize={options.length}
              aria-posinset={item.index + 1}
              className={cn(
                'absolute inset-x-0 flex items-center gap-2 px-2 text-sm select-none aria-disabled:opacity-50',
                state.active && 'bg-ink text-bg',
              )}
              style={{ height: item.size, transform: `translateY(${String(item.start)}px)` }}
              onPointerMove={() => {
                if (!state.active) onActive(item.index);
              }}
              // Keeps the focus in the control.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => {
                if (option.disabled !== true) onPick(item.index);
              }}
            >
              {render?.(option, state) ?? (
                <>
                  <span className="flex-1 truncate font-bold">{option.label}</span>
                  {option.hint === undefined ? null : (
                    <span className={cn('truncate text-xs', state.active ? 'text-bg' : 'text-muted')}>
                      {option.hint}
                    </span>
                  )}
                  <Check
                    className={cn('size-4 shrink-0', state.selected ? 'visible' : 'invisible')}
                    strokeWidth={3}
                    aria-hidden
                  />
                </>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
