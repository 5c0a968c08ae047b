import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { toneOf } from '../../features/report/format-metric.js';
import { formatChange } from '../../format/number.js';
import { cn } from '../../ui/cn.js';

/** Scrolls to a part of the page and lets the keyboard go on there. */
export function goTo(part: HTMLElement | null): void {
  part?.scrollIntoView({ block: 'start' });
  part?.focus({ preventScroll: true });
}

export interface PhoneWaysProps {
  /** Of the run on the screen; `null`: of none yet. */
  metrics: Readonly<Record<string, number | null>> | null;
  isBusy: boolean;
  form: RefObject<HTMLElement | null>;
  report: RefObject<HTMLElement | null>;
}

const WAY =
  'relative flex min-w-0 items-center gap-1 border-line px-3 focus-visible:-outline-offset-4 aria-[current=true]:before:absolute aria-[current=true]:before:inset-x-0 aria-[current=true]:before:top-0 aria-[current=true]:before:h-1 aria-[current=true]:before:bg-accent';

/** On phones the report lies below a long form: what it says, always in sight, and the way there and back. */
export function PhoneWays({ metrics, isBusy, form, report }: PhoneWaysProps) {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    if (report.current === null) return undefined;
    // There, once it fills the upper half of the screen.
    const watch = new IntersectionObserver((entries) => setThere(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: '0px 0px -50% 0px',
    });
    watch.observe(report.current);
    return () => watch.disconnect();
  }, [report]);
  const total = metrics?.['totalReturn'] ?? null;
  const drawdown = metrics?.['maxDrawdown'] ?? null;
  return (
    <nav
      aria-label="Settings and report"
      className="sticky top-0 z-20 flex h-12 border-b-2 border-line bg-bg text-xs font-bold"
    >
      <button
        type="button"
        aria-current={!isThere}
        onClick={() => goTo(form.current)}
        className={cn(WAY, 'border-r-2')}
      >
        <ArrowUp className="size-4 shrink-0" aria-hidden /> Settings
      </button>
      <button type="button" aria-current={isThere} onClick={() => goTo(report.current)} className={cn(WAY, 'flex-1')}>
        <ArrowDown className="size-4 shrink-0" aria-hidden /> Report
        <span className="min-w-0 flex-1 text-right">
          {metrics === null ? (
            isBusy && <span className="text-muted">running…</span>
          ) : (
            <>
              <span className={cn('block', toneOf(total))}>{formatChange(total)}</span>
              <span className="block truncate text-2xs text-muted">
                deepest {formatChange(drawdown === null ? null : -drawdown)}
              </span>
            </>
          )}
        </span>
      </button>
    </nav>
  );
}
