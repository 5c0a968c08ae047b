import type { StrategyView } from '@wickworks/contracts';
import { Search } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { cn } from '../../ui/cn.js';
import { Input } from '../../ui/input.js';
import { searchOptions } from '../../ui/option.js';

export interface ListedStrategy {
  key: string;
  name: string;
  timeframe: string;
  /** What it does, in its own words; shown where there is room. */
  description: string;
  /** `null` for an example. */
  stored: StrategyView | null;
}

export interface StrategyListProps {
  strategies: readonly ListedStrategy[];
  selected: string | null;
  /** Why the stored ones are not here. */
  missing: 'loading' | 'failed' | null;
  zone: string;
  onSelect: (key: string) => void;
}

const MISSING = { loading: 'Asking the server…', failed: 'Not known while the server does not say.' } as const;

/** Stored strategies and examples, found by typing. */
export function StrategyList({ strategies, selected, missing, zone, onSelect }: StrategyListProps) {
  const [query, setQuery] = useState('');
  const found = useMemo(
    () =>
      searchOptions(
        strategies.map((one) => ({ ...one, value: one.key, label: one.name, hint: one.timeframe })),
        query,
      ),
    [strategies, query],
  );
  const own = found.filter(({ stored }) => stored !== null);
  const examples = found.filter(({ stored }) => stored === null);
  return (
    <div className="flex flex-col">
      <div className="relative border-b-2 border-line p-2">
        <Search className="absolute top-1/2 left-4 size-4 -translate-y-1/2 text-faint" aria-hidden />
        <Input
          type="search"
          aria-label="Search strategies"
          placeholder="Search"
          className="pl-8"
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
      </div>
      <Group
        title="Yours"
        empty={missing !== null ? MISSING[missing] : query === '' ? 'None yet: start from an example.' : 'None found.'}
      >
        {own.map((one) => (
          <Row key={one.key} one={one} isSelected={one.key === selected} zone={zone} onSelect={onSelect} />
        ))}
      </Group>
      <Group title="Examples" empty="None found.">
        {examples.map((one) => (
          <Row key={one.key} one={one} isSelected={one.key === selected} zone={zone} onSelect={onSelect} />
        ))}
      </Group>
    </div>
  );
}

function Group({ title, empty, children }: { title: string; empty: string; children: readonly ReactNode[] }) {
  return (
    <section aria-label={title}>
      <h2 className="caps bg-raised px-3 py-1 text-muted">{title}</h2>
      {children.length === 0 ? (
        <p className="p-3 text-xs text-muted">{empty}</p>
      ) : (
        <ul className="sm:max-lg:grid sm:max-lg:grid-cols-2">{children}</ul>
      )}
    </section>
  );
}

function Row({
  one: { key, name, timeframe, description, stored },
  isSelected,
  zone,
  onSelect,
}: {
  one: ListedStrategy;
  isSelected: boolean;
  zone: string;
  onSelect: (key: string) => void;
}) {
  return (
    <li className="border-b border-hair sm:max-lg:odd:border-r">
      <button
        type="button"
        aria-current={isSelected ? 'true' : undefined}
        onClick={() => onSelect(key)}
        className={cn(
          'flex size-full flex-col border-l-4 border-transparent px-2 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2',
          isSelected && 'border-accent bg-raised',
        )}
      >
        <span className="flex items-start gap-2">
          <span className="min-w-0 flex-1 text-sm font-bold [text-wrap:pretty]">{name}</span>
          <RunState stored={stored} />
        </span>
        <span className="block max-h-8 overflow-hidden text-xs leading-4 text-muted lg:hidden">{description}</span>
        <span className="mt-auto block truncate text-2xs text-muted max-lg:pt-1">
          {timeframe}
          {stored === null ? '' : ` · version ${String(stored.version)} · ${formatDateTime(stored.updatedMs, zone)}`}
        </span>
      </button>
    </li>
  );
}

function RunState({ stored }: { stored: StrategyView | null }) {
  if (stored === null) return null;
  if (stored.fault !== null) return <Badge tone="down">Fault</Badge>;
  return stored.running.length > 0 ? <Badge tone="up">Running</Badge> : null;
}
