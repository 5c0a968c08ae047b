import type { HistogramBin } from '@wickworks/engine';
import { formatChange, formatCount } from '../../format/number.js';

/** How the returns of single trades are spread. */
export function Distribution({ bins }: { bins: readonly HistogramBin[] }) {
  const most = bins.reduce((max, { count }) => Math.max(max, count), 1);
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return <p className="p-4 text-sm text-muted">No finished trades.</p>;
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const losing = bins.reduce((sum, { from, to, count }) => (from + to < 0 ? sum + count : sum), 0);
  return (
    <figure className="flex h-full flex-col p-3">
      <div
        role="img"
        aria-label={`Returns of ${formatCount(total)} trades from ${formatChange(first.from)} to ${formatChange(last.to)}; about ${formatCount(losing)} below zero`}
        className="flex min-h-0 flex-1 items-end gap-px border-b-2 border-line"
      >
        {bins.map(({ from, to, count }) => (
          <div
            key={from}
            title={`${formatChange(from)} to ${formatChange(to)}: ${formatCount(count)}`}
            className={from + to < 0 ? 'min-w-0 flex-1 bg-down' : 'min-w-0 flex-1 bg-up'}
            style={{ height: count === 0 ? 0 : `max(2px, ${String((count / most) * 100)}%)` }}
          />
        ))}
      </div>
      <figcaption className="flex justify-between pt-1 text-2xs text-muted">
        <span>{formatChange(first.from)}</span>
        <span>return per trade</span>
        <span>{formatChange(last.to)}</span>
      </figcaption>
    </figure>
  );
}
