import { GitCompare, Trash2 } from 'lucide-react';
import type { KeptRun } from '../../data/kept-runs.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { IconButton } from '../../ui/icon-button.js';
import { EquityPlot } from './equity-plot.js';
import { MetricsList } from './metrics-list.js';
import { parameterWords, settingDifferences, whereAndWhen } from './setup-words.js';

export interface CompareProps {
  runs: readonly KeptRun[];
  /** The browser keeps nothing. */
  isFleeting: boolean;
  zone: string;
  onRemove: (id: number) => void;
}

/** Runs side by side: curves, every metric, and what was set differently. */
export function Compare({ runs, isFleeting, zone, onRemove }: CompareProps) {
  const first = runs[0];
  if (first === undefined)
    return (
      <EmptyState
        icon={GitCompare}
        title="Nothing kept yet"
        text="“Keep” puts the run on the screen aside; change something, keep that too, and both stand here side by side."
        className="py-16"
      />
    );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-xs text-muted">
        {isFleeting
          ? 'This browser stores nothing: kept runs are gone with this page.'
          : 'Kept in this browser until removed; the next visit finds them here.'}
      </p>
      <div className="grid gap-4 @2xl:grid-cols-2 @6xl:grid-cols-3">
        {runs.map((run) => (
          <RunCard key={run.id} run={run} first={first} zone={zone} onRemove={() => onRemove(run.id)} />
        ))}
      </div>
      <MetricsList runs={runs.map(({ id, title, report }) => ({ id, title, metrics: report.metrics }))} />
    </div>
  );
}

function RunCard({
  run: { title, report },
  first,
  zone,
  onRemove,
}: {
  run: KeptRun;
  first: KeptRun;
  zone: string;
  onRemove: () => void;
}) {
  const isFirst = report === first.report;
  const params = parameterWords(report.setup);
  return (
    <section aria-label={title} className="flex min-w-0 flex-col border-2 border-line">
      <header className="flex items-center gap-2 border-b-2 border-line pl-3">
        <h3 className="min-w-0 flex-1 truncate text-xs font-bold" title={title}>
          {title}
        </h3>
        {report.resultHash === null ? null : <Badge>{report.resultHash.slice(0, 8)}</Badge>}
        <IconButton icon={Trash2} label={`Remove ${title}`} size="sm" tipSide="left" onClick={onRemove} />
      </header>
      <EquityPlot equity={report.equity} zone={zone} benchmark={false} exposure={false} className="h-48 bg-surface" />
      <div className="flex flex-col gap-1 border-t border-hair p-2 text-2xs text-muted">
        <p>{whereAndWhen(report.setup, zone)}</p>
        {params === '' ? null : <p>{params}</p>}
        {isFirst ? (
          <p>The others are measured by this one.</p>
        ) : (
          <Differences first={first} report={report} zone={zone} />
        )}
      </div>
    </section>
  );
}

function Differences({ first, report, zone }: { first: KeptRun; report: KeptRun['report']; zone: string }) {
  const found = settingDifferences(first.report.setup, report.setup, zone);
  if (found.length === 0) return <p className="font-bold">Set exactly as the first.</p>;
  return (
    <dl aria-label="Set differently than the first">
      {found.map(({ label, from, to }) => (
        <div key={label} className="flex flex-wrap gap-x-2">
          <dt>{label}</dt>
          <dd className="min-w-0 font-bold wrap-anywhere text-ink">
            {from} → {to}
          </dd>
        </div>
      ))}
    </dl>
  );
}
