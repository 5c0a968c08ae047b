import { Trash2 } from 'lucide-react';
import type { KeptRun } from '../../data/kept-runs.js';
import { Badge } from '../../ui/badge.js';
import { EmptyState } from '../../ui/empty-state.js';
import { IconButton } from '../../ui/icon-button.js';
import { EquityPlot } from './equity-plot.js';
import { MetricsList } from './metrics-list.js';
import { GitCompare } from 'lucide-react';

/** What differs between the settings of two runs, in words. */
function differences(a: KeptRun['report'], b: KeptRun['report']): string[] {
  const flat = (value: unknown, path: string, out: Map<string, string>): Map<string, string> => {
    if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) flat(item, path === '' ? key : `${path}.${key}`, out);
    else out.set(path, String(value));
    return out;
  };
  const [left, right] = [flat(a.setup, '', new Map()), flat(b.setup, '', new Map())];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((path) => {
    const [from, to] = [left.get(path), right.get(path)];
    return from === to ? [] : [`${path}: ${from ?? '–'} → ${to ?? '–'}`];
  });
}

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
      <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {runs.map(({ id, title, report }) => (
          <section key={id} aria-label={title} className="min-w-0 border-2 border-line">
            <header className="flex items-center gap-2 border-b-2 border-line pl-3">
              <h3 className="min-w-0 flex-1 truncate text-xs font-bold">{title}</h3>
              {report.resultHash === null ? null : <Badge>{report.resultHash.slice(0, 8)}</Badge>}
              <IconButton
                icon={Trash2}
                label={`Remove ${title}`}
                size="sm"
                tipSide="left"
                onClick={() => onRemove(id)}
              />
            </header>
            <EquityPlot
              equity={report.equity}
              zone={zone}
              benchmark={false}
              exposure={false}
              className="h-48 bg-surface"
            />
            {report === first.report ? null : (
              <ul className="border-t border-hair p-2 text-2xs text-muted">
                {differences(first.report, report)
                  .slice(0, 8)
                  .map((text) => (
                    <li key={text} className="truncate" title={text}>
                      {text}
                    </li>
                  ))}
              </ul>
            )}
          </section>
        ))}
      </div>
      <MetricsList runs={runs.map(({ title, report }) => ({ title, metrics: report.metrics }))} />
    </div>
  );
}
