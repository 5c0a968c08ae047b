import { METRIC_GROUPS, type MetricGroup } from '@wickworks/engine';
import { cn } from '../../ui/cn.js';
import { formatMetric, metricTone } from './format-metric.js';
import { ALL_METRICS, MetricName } from './metric-name.js';

const GROUP_TITLES: Readonly<Record<MetricGroup, string>> = {
  return: 'Return',
  risk: 'Risk',
  market: 'Against the market',
  drawdown: 'Drawdown',
  trades: 'Trades',
  costs: 'Costs',
  evidence: 'Evidence',
};

export interface MetricsListProps {
  /** Runs side by side: one column each, the first is the one at hand. */
  runs: readonly {
    readonly id: number;
    readonly title: string;
    readonly metrics: Readonly<Record<string, number | null>>;
  }[];
}

/** Of one run among several; where there is little room, all of them share the line below the metric's name. */
const COLUMN = 'w-28 @max-xl:w-20 @max-xl:grow';

/** Every metric by shelf; its definition and formula on hover and focus. */
export function MetricsList({ runs }: MetricsListProps) {
  const isComparing = runs.length > 1;
  return (
    <div
      className={cn('p-3', isComparing ? 'relative overflow-x-auto' : 'gap-x-6 @2xl:columns-2 @6xl:columns-3')}
      {...(isComparing && { role: 'group', 'aria-label': 'Metrics side by side', tabIndex: 0 })}
    >
      {METRIC_GROUPS.map((group) => (
        <section key={group} className="mb-4 min-w-fit break-inside-avoid">
          <div className={cn('flex items-end gap-x-3 border-b-2 border-line pb-1', isComparing && '@max-xl:flex-wrap')}>
            <h3 className={cn('caps min-w-36 flex-1 text-muted', isComparing && '@max-xl:basis-full')}>
              {GROUP_TITLES[group]}
            </h3>
            {isComparing
              ? runs.map(({ id, title }) => (
                  <span
                    key={id}
                    title={title}
                    className={cn('shrink-0 truncate text-right text-2xs font-bold', COLUMN)}
                  >
                    {title}
                  </span>
                ))
              : null}
          </div>
          <dl>
            {ALL_METRICS.filter((metric) => metric.group === group).map((metric) => (
              <div
                key={metric.id}
                className={cn(
                  'flex items-baseline gap-x-3 border-b border-hair py-0.5 hover:bg-raised',
                  isComparing && '@max-xl:flex-wrap',
                )}
              >
                <dt className={cn('min-w-36 flex-1', isComparing && '@max-xl:basis-full')}>
                  <MetricName metric={metric} className="text-xs focus-visible:-outline-offset-1" />
                </dt>
                {runs.map(({ id, metrics }) => {
                  const value = metrics[metric.id] ?? null;
                  return (
                    <dd
                      key={id}
                      className={cn(
                        'shrink-0 text-right text-xs font-bold',
                        isComparing && COLUMN,
                        value === null && 'font-normal text-muted',
                        metricTone(metric, value),
                      )}
                    >
                      {formatMetric(value, metric.unit)}
                    </dd>
                  );
                })}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
