import type { BreakdownRow } from '@wickworks/engine';
import { cn } from '../../ui/cn.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A month this good or bad has the full colour. */
const FULL_RATIO = 0.15;

const percent = (ratio: number): string => `${ratio < 0 ? '−' : '+'}${Math.abs(ratio * 100).toFixed(1)}`;

/** Room that the column of years keeps while the months scroll. */
const YEARS_PX = 48;

/** Where not all months fit, those before the first one known are scrolled away. */
const toFirstKnown = (name: HTMLTableCellElement | null): void => {
  const box = name?.closest('[role="group"]');
  if (name && box) box.scrollLeft = name.offsetLeft - YEARS_PX;
};

/** Returns by month, a row for each year; the figure says what the colour says. */
export function MonthHeatmap({ months }: { months: readonly BreakdownRow[] }) {
  const ratios = new Map(months.map(({ key, returnRatio }) => [key, returnRatio]));
  const years = [...new Set(months.map(({ key }) => key.slice(0, 4)))];
  const ofYear = (year: string): number | null => {
    const known = MONTHS.map((_, month) => ratios.get(keyOf(year, month)) ?? null).filter((ratio) => ratio !== null);
    return known.length === 0 ? null : known.reduce((product, ratio) => product * (1 + ratio), 1) - 1;
  };
  const firstKnown = MONTHS.findIndex((_, month) => years.some((year) => ratios.has(keyOf(year, month))));
  if (years.length === 0) return <p className="p-4 text-sm text-muted">No month has ended yet.</p>;
  return (
    <div className="overflow-x-auto p-2" tabIndex={0} role="group" aria-label="Returns by month">
      <table className="w-full min-w-[720px] [border-collapse:separate] [border-spacing:2px] text-2xs">
        <caption className="sr-only">Return of each calendar month in percent, UTC</caption>
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 bg-bg text-left text-muted">
              %
            </th>
            {MONTHS.map((name, month) => (
              <th key={name} ref={month === firstKnown ? toFirstKnown : undefined} scope="col" className="text-muted">
                {name}
              </th>
            ))}
            <th scope="col" className="text-muted">
              Year
            </th>
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year}>
              <th scope="row" className="sticky left-0 bg-bg pr-2 text-left">
                {year}
              </th>
              {MONTHS.map((name, month) => (
                <Cell key={name} ratio={ratios.get(keyOf(year, month)) ?? null} />
              ))}
              <Cell ratio={ofYear(year)} strong />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const keyOf = (year: string, month: number): string => `${year}-${String(month + 1).padStart(2, '0')}`;

function Cell({ ratio, strong = false }: { ratio: number | null; strong?: boolean }) {
  const share = ratio === null ? 0 : Math.min(1, Math.abs(ratio) / FULL_RATIO);
  const colour = ratio === null || ratio === 0 ? 'transparent' : `var(--wick-${ratio > 0 ? 'up' : 'down'})`;
  return (
    <td
      className={cn('h-8 min-w-11 text-center', strong && 'border-l-2 border-line font-extrabold')}
      style={{ backgroundColor: `color-mix(in srgb, ${colour} ${String(Math.round(8 + share * 32))}%, transparent)` }}
    >
      {ratio === null ? <span className="text-faint">·</span> : percent(ratio)}
    </td>
  );
}
