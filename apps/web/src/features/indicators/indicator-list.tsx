import { GROUPS, type IndicatorGroup } from '@wickworks/engine';
import { useMemo, useState } from 'react';
import { findOverlay, overlayDefinitions, type OverlayDefinition } from '../../chart/api/overlay-definitions.js';
import { namesOf } from '../../data/indicator-names.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { cn } from '../../ui/cn.js';
import type { Option } from '../../ui/option.js';
import { SearchList } from '../../ui/search-list.js';
import { searchNames } from '../../ui/search-names.js';
import { ToggleGroup } from '../../ui/toggle-group.js';
import { GROUP_NAMES } from './indicator-names.js';
import { useIndicatorActions } from './use-indicators.js';

interface IndicatorOption extends Option {
  definition: OverlayDefinition;
  recent: boolean;
}

type Shelf = IndicatorGroup | 'all';

const SHELVES: readonly { value: Shelf; label: string }[] = [
  { value: 'all', label: 'All' },
  ...GROUPS.map((group) => ({ value: group, label: GROUP_NAMES[group] })),
];

/** Every indicator of the engine: those used last first, then shelf by shelf. */
export function IndicatorList() {
  const recentIds = useWorkspace((workspace) => workspace.recentIndicators);
  const onChart = useWorkspace((workspace) => workspace.indicators);
  const { add } = useIndicatorActions();
  const [shelf, setShelf] = useState<Shelf>('all');
  // What was used last as it was when the list opened: it must not move under the cursor.
  const [recent] = useState(recentIds);
  const [addedNow, setAddedNow] = useState<readonly string[]>([]);
  const options = useMemo(() => optionsOf(shelf, recent), [shelf, recent]);

  const pick = ({ definition }: IndicatorOption): void => {
    add(definition);
    setAddedNow((before) => [...before, definition.id.toUpperCase()]);
  };
  return (
    <>
      <div className="overflow-x-auto border-b-2 border-line p-2">
        <ToggleGroup className="w-max *:flex-none" label="Shelf" value={shelf} onChange={setShelf} options={SHELVES} />
      </div>
      <SearchList
        // What was typed has been answered: the next indicator begins with an empty field.
        key={`${shelf} ${String(addedNow.length)}`}
        label="Indicators"
        placeholder="ema, bb, cloud, candlestick, TA-Lib or Pine name …"
        options={options}
        onPick={pick}
        search={searchNames}
        empty={(query) => `No indicator answers “${query}”.`}
        render={(option, { active }) => <Row option={option} active={active} />}
        listClassName="max-h-[min(420px,56dvh)] max-sm:max-h-none"
      />
      <p role="status" className="border-t-2 border-line px-3 py-2 text-xs text-muted">
        {addedNow.length === 0
          ? `Enter adds, Escape closes. ${String(onChart.length)} on the chart.`
          : `Added ${addedNow.join(', ')}. ${String(onChart.length)} on the chart; Escape closes.`}
      </p>
    </>
  );
}

function Row({ option, active }: { option: IndicatorOption; active: boolean }) {
  const quiet = cn('shrink-0 text-xs', active ? 'text-bg' : 'text-muted');
  return (
    <>
      <span className="flex-1 truncate font-bold">{option.label}</span>
      {option.recent ? <span className={quiet}>recent</span> : null}
      <span className={cn(quiet, 'max-sm:hidden')}>{option.definition.id}</span>
      <span className={cn(quiet, 'w-20 text-right')}>{option.hint}</span>
    </>
  );
}

function optionsOf(shelf: Shelf, recent: readonly string[]): IndicatorOption[] {
  const last = shelf === 'all' ? recent.flatMap((id) => findOverlay(id) ?? []) : [];
  const others = GROUPS.filter((group) => shelf === 'all' || group === shelf).flatMap((group) =>
    overlayDefinitions().filter((definition) => definition.group === group && !last.includes(definition)),
  );
  return [...last, ...others].map((definition) => ({
    value: definition.id,
    label: definition.title,
    hint: GROUP_NAMES[definition.group],
    keywords: namesOf(definition),
    definition,
    recent: last.includes(definition),
  }));
}
