import { useState, type KeyboardEvent } from 'react';

export interface ListCursor {
  /** Index of the active entry, -1 when the list is empty. */
  active: number;
  setActive: (index: number) => void;
  /** Handles arrows, Page Up and Down, Home, End and Enter; true when the key was one of them. */
  onKey: (event: KeyboardEvent, options?: { homeEnd?: boolean }) => boolean;
}

export interface ListCursorInput {
  count: number;
  initial?: number;
  pageSize?: number;
  isDisabled?: (index: number) => boolean;
  onPick: (index: number) => void;
}

/** The next entry from `from` in steps of `step` that can be chosen, staying inside the list. */
function seek(input: ListCursorInput, from: number, step: 1 | -1): number | null {
  for (let index = from; index >= 0 && index < input.count; index += step)
    if (!(input.isDisabled?.(index) ?? false)) return index;
  return null;
}

/** Keyboard cursor over a list whose focus stays in one place (`aria-activedescendant`). */
export function useListCursor(input: ListCursorInput): ListCursor {
  const [wanted, setActive] = useState(input.initial ?? 0);
  const active = input.count === 0 ? -1 : Math.min(Math.max(0, wanted), input.count - 1);
  const page = input.pageSize ?? 10;

  const go = (target: number, step: 1 | -1): void => {
    const inside = Math.min(Math.max(0, target), input.count - 1);
    const found = seek(input, inside, step) ?? seek(input, inside, step === 1 ? -1 : 1);
    if (found !== null) setActive(found);
  };

  const onKey = (event: KeyboardEvent, { homeEnd = true }: { homeEnd?: boolean } = {}): boolean => {
    switch (event.key) {
      case 'ArrowDown':
        go(active === input.count - 1 ? 0 : active + 1, 1);
        break;
      case 'ArrowUp':
        go(active <= 0 ? input.count - 1 : active - 1, -1);
        break;
      case 'PageDown':
        go(active + page, -1);
        break;
      case 'PageUp':
        go(active - page, 1);
        break;
      case 'Home':
        if (!homeEnd) return false;
        go(0, 1);
        break;
      case 'End':
        if (!homeEnd) return false;
        go(input.count - 1, -1);
        break;
      case 'Enter':
        // An unfinished composition (Japanese, Chinese input) ends with Enter too.
        if (event.nativeEvent.isComposing) return false;
        if (active >= 0 && !(input.isDisabled?.(active) ?? false)) input.onPick(active);
        break;
      default:
        return false;
    }
    event.preventDefault();
    return true;
  };

  return { active, setActive, onKey };
}
