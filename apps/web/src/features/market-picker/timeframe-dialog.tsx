import { isTimeframe, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import { Dialog } from '../../ui/dialog.js';
import { SearchList } from '../../ui/search-list.js';

const UNIT_WORDS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
};

/** `15m` in words: `15 minutes`. */
function timeframeWords(timeframe: Timeframe): string {
  const count = Number.parseInt(timeframe, 10);
  const unit = UNIT_WORDS[timeframe.slice(-1)] ?? '';
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}

export interface TimeframeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  value: Timeframe;
  /** Those the exchange offers; others cannot be chosen. `null` while unknown. */
  available: readonly Timeframe[] | null;
  onPick: (timeframe: Timeframe) => void;
}

/** Choose one of all timeframes by typing. */
export function TimeframeDialog({ open, onOpenChange, value, available, onPick }: TimeframeDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Timeframe" place="top" className="sm:max-w-[360px]">
      <SearchList
        label="Timeframes"
        placeholder="15m, 4 hours, week …"
        selected={value}
        options={TIMEFRAMES.map((timeframe) => ({
          value: timeframe,
          label: timeframe,
          hint: timeframeWords(timeframe),
          disabled: available !== null && !available.includes(timeframe),
        }))}
        onPick={(option) => {
          if (isTimeframe(option.value)) onPick(option.value);
          onOpenChange(false);
        }}
        listClassName="max-h-[min(480px,60dvh)] max-sm:max-h-none"
      />
    </Dialog>
  );
}
