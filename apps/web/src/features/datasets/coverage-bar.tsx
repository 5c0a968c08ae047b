import type { DatasetView } from '@wickworks/contracts';
import { closeTimeOf } from '@wickworks/core';
import { cn } from '../../ui/cn.js';

/** The stored range as a bar with its gaps cut out; narrow gaps are drawn wide enough to be seen. */
export function CoverageBar({ dataset, className }: { dataset: DatasetView; className?: string }) {
  const endMs = closeTimeOf(dataset.timeframe, dataset.toMs);
  const wholeMs = Math.max(1, endMs - dataset.fromMs);
  const percent = (ms: number): string => `${String((Math.min(Math.max(0, ms), wholeMs) / wholeMs) * 100)}%`;
  return (
    <div
      role="img"
      aria-label={dataset.gaps.length === 0 ? 'Complete, no gaps' : `${String(dataset.gaps.length)} gaps`}
      className={cn('relative h-4 overflow-hidden border-2 border-edge bg-ink', className)}
    >
      {dataset.gaps.map(([fromMs, toMs]) => (
        <span
          key={fromMs}
          className="absolute inset-y-0 min-w-0.75 bg-down"
          style={{ left: percent(fromMs - dataset.fromMs), width: percent(toMs - fromMs) }}
        />
      ))}
    </div>
  );
}
