import type { Timeframe } from '@wickworks/core';
import { ChevronDown } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { cn } from '../../ui/cn.js';

const QUICK: readonly Timeframe[] = ['1m', '5m', '15m', '1h', '4h', '1d', '1w'];

export interface TimeframeBarProps {
  value: Timeframe;
  onChange: (timeframe: Timeframe) => void;
  /** Opens the list of all timeframes. */
  onMore: () => void;
  className?: string;
}

/** The common timeframes in sight, all others behind a button; arrow keys move between them. */
export function TimeframeBar({ value, onChange, onMore, className }: TimeframeBarProps) {
  const shown = QUICK.includes(value) ? QUICK : [...QUICK, value];
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = shown[(shown.indexOf(value) + step + shown.length) % shown.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-timeframe="${next}"]`)?.focus();
  };
  return (
    <div className={cn('flex items-stretch', className)}>
      <div role="radiogroup" aria-label="Timeframe" onKeyDown={onKeyDown} className="hidden items-stretch lg:flex">
        {shown.map((timeframe) => (
          <button
            key={timeframe}
            type="button"
            role="radio"
            aria-checked={timeframe === value}
            tabIndex={timeframe === value ? 0 : -1}
            data-timeframe={timeframe}
            onClick={() => onChange(timeframe)}
            className="min-w-9 px-2 text-xs font-bold text-muted hover:bg-raised hover:text-ink focus-visible:-outline-offset-4 aria-checked:bg-accent aria-checked:text-accent-ink aria-checked:focus-visible:outline-accent-ink"
          >
            {timeframe}
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`Timeframe: ${value}. All timeframes`}
        onClick={onMore}
        className="flex min-w-9 items-center justify-center gap-1 px-2 text-sm font-extrabold hover:bg-ink hover:text-bg focus-visible:-outline-offset-4"
      >
        <span className="lg:hidden">{value}</span>
        <ChevronDown className="size-4" aria-hidden />
      </button>
    </div>
  );
}
