import type { MetricId } from '@wickworks/engine';
import { formatChange } from '../../format/number.js';
import { cn } from '../../ui/cn.js';
import { formatMetric, toneOf } from './format-metric.js';
import { ALL_METRICS, MetricName } from './metric-name.js';

const SHOWN: readonly MetricId[] = [
  'totalReturn',
  'buyAndHold',
  'maxDrawdown',
  'sharpe',
  'profitFactor',
  'winRatio',
  'roundTrips',
  'exposure',
];
const FIGURES = SHOWN.flatMap((id) => ALL_METRICS.filter((metric) => metric.id === id));

const SIGNED: ReadonlySet<string> = new Set<MetricId>(['totalReturn', 'buyAndHold']);

/** The eight figures one asks for first, in a container that knows its width. */
export function Headline({ metrics }: { metrics: Readonly<Record<string, number | null>> }) {
  return (
    <dl className="grid grid-cols-2 border-2 border-line @lg:grid-cols-4 @7xl:grid-cols-8">
      {FIGURES.map((metric) => {
        const { id, unit } = metric;
        const value = metrics[id] ?? null;
        return (
          <div key={id} className="-m-px min-w-0 border border-line px-3 py-2">
            <dt className="min-w-0">
              <MetricName metric={metric} className="caps block max-w-full truncate text-muted" />
            </dt>
            <dd
              data-metric={id}
              className={cn(
                'truncate text-xl font-extrabold tracking-tight',
                SIGNED.has(id) && toneOf(value),
                value === null && 'text-muted',
              )}
            >
              {value !== null && SIGNED.has(id) ? formatChange(value) : formatMetric(value, unit)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
