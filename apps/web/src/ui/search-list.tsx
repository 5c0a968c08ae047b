import { Search } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useState, type ReactNode } from 'react';
import { cn } from './cn.js';
import { Listbox, optionId } from './listbox.js';
import { searchOptions, type Option } from './option.js';
import { useListCursor } from './use-list-cursor.js';

export interface SearchListProps<T extends Option> {
  label: string;
  options: readonly T[];
  selected?: string | undefined;
  onPick: (option: T) => void;
  placeholder?: string;
  /** Shown when nothing answers the query. */
  empty?: (query: string) => ReactNode;
  render?: (option: T, state: { active: boolean; selected: boolean }) => ReactNode;
  listClassName?: string;
  /** Another way to find and order options than {@link searchOptions}. */
  search?: (options: readonly T[], query: string) => readonly T[];
}

/** Type to search, arrows to move, Enter to choose: over thousands of entries. */
export function SearchList<T extends Option>({
  label,
  options,
  selected,
  onPick,
  placeholder,
  empty,
  render,
  listClassName,
  search = searchOptions,
}: SearchListProps<T>) {
  const id = useId();
  const [query, setQuery] = useState('');
  const deferred = useDeferredValue(query);
  const found = useMemo(() => search(options, deferred), [search, options, deferred]);
  const cursor = useListCursor({
    count: found.length,
    initial: Math.max(
      0,
      options.findIndex((option) => option.value === selected),
    ),
    isDisabled: (index) => found[index]?.disabled ?? false,
    onPick: (index) => {
      // The list may lag behind fast typing; what Enter chooses must not.
      const current = query === deferred ? found : search(options, query);
      const option = current[query === deferred ? index : 0];
      if (option !== undefined) onPick(option);
    },
  });

  return (
    <div className="flex min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 border-b-2 border-line px-3 focus-within:border-accent touch:h-12">
        <Search className="size-4 shrink-0 text-muted" aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={optionId(id, cursor.active)}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          autoFocus
          placeholder={placeholder ?? 'Type to search'}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            cursor.setActive(0);
          }}
          onKeyDown={(event) => cursor.onKey(event, { homeEnd: false })}
          className="h-full min-w-0 flex-1 bg-transparent text-base font-bold placeholder:font-normal placeholder:text-faint focus-visible:outline-none touch:text-lg"
        />
        <span aria-live="polite" className="shrink-0 text-2xs text-muted">
          {found.length.toLocaleString('en-US')} {found.length === 1 ? 'match' : 'matches'}
        </span>
      </div>
      <Listbox
        id={id}
        label={label}
        options={found}
        active={cursor.active}
        selected={selected}
        onActive={cursor.setActive}
        onPick={(index) => {
          const option = found[index];
          if (option !== undefined) onPick(option);
        }}
        {...(render === undefined ? {} : { render })}
        className={cn(found.length === 0 && 'h-0', listClassName)}
      />
      {found.length === 0 ? (
        <div className="p-6 text-center text-sm text-muted">{empty?.(query) ?? `Nothing found for “${query}”.`}</div>
      ) : null}
    </div>
  );
}
