import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/icon-button.js';

interface PlaceProps {
  /** What it is called in the names of its buttons, e.g. `Target 2`. */
  what: string;
  index: number;
  count: number;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  /** The last one may not go. */
  isKept?: boolean;
}

const itemOf = (button: HTMLElement): HTMLElement | null => button.closest<HTMLElement>('[data-item]');
const neighbour = (item: HTMLElement | null, by: -1 | 1): HTMLElement | null => {
  const other = by < 0 ? item?.previousElementSibling : item?.nextElementSibling;
  return other instanceof HTMLElement && other.dataset['item'] !== undefined ? other : null;
};

/**
 * Moves one of several up or down, or takes it away; for use inside an element with `data-item`, its place as the key.
 * The focus goes where the item goes, and never to nowhere.
 */
export function ItemButtons({ what, index, count, onMove, onRemove, isKept = false }: PlaceProps) {
  const move = (button: HTMLElement, by: -1 | 1): void => {
    if (index + by < 0 || index + by >= count) return;
    const there = neighbour(itemOf(button), by)?.querySelector<HTMLElement>(`[data-move="${String(by)}"]`);
    onMove(by);
    there?.focus();
  };
  const remove = (button: HTMLElement): void => {
    const item = itemOf(button);
    // Places stay, what is in them moves up: only the last place goes, and its button with it.
    const last = neighbour(item, -1)?.querySelector<HTMLElement>('[data-remove]');
    const add = item?.parentElement?.querySelector<HTMLElement>(':scope > [data-add], :scope > [data-add] button');
    onRemove();
    if (index === count - 1) (last ?? add)?.focus();
  };
  return (
    <span className="inline-flex shrink-0">
      {count < 2
        ? null
        : ([-1, 1] as const).map((by) => (
            <IconButton
              key={by}
              icon={by < 0 ? ChevronUp : ChevronDown}
              label={`Move ${what} ${by < 0 ? 'up' : 'down'}`}
              size="sm"
              tipSide="left"
              data-move={by}
              // Not disabled: what has just been moved to the edge keeps the focus.
              aria-disabled={index + by < 0 || index + by >= count ? true : undefined}
              onClick={({ currentTarget }) => move(currentTarget, by)}
            />
          ))}
      <IconButton
        icon={X}
        label={`Remove ${what}`}
        size="sm"
        tipSide="left"
        data-remove
        disabled={isKept}
        onClick={({ currentTarget }) => remove(currentTarget)}
      />
    </span>
  );
}

/** One of several parts of a strategy: its title with the buttons of {@link ItemButtons}, and its fields. */
export function ItemBox({ title, children, ...place }: PlaceProps & { title: ReactNode; children: ReactNode }) {
  return (
    <fieldset data-item className="min-w-0 border-2 border-line p-3">
      <legend className="flex max-w-full items-center gap-1 px-1 text-xs font-bold">
        <span className="min-w-0 truncate">{title}</span>
        <ItemButtons {...place} />
      </legend>
      {children}
    </fieldset>
  );
}
