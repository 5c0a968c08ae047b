import { METRIC_GROUPS, METRICS, sampleText, type Metric, type MetricGroup } from '@wickworks/engine';
import { cn } from '../../ui/cn.js';
import { Tooltip } from '../../ui/tooltip.js';
import { formatMetric, toneOf } from './format-metric.js';

const GROUP_TITLES: Readonly<Record<MetricGroup, string>> = {
  return: 'Return',
  risk: 'Risk',
  market: 'Against the market',
  drawdown: 'Drawdown',
  trades: 'Trades',
  costs: 'Costs',
  evidence: 'Evidence',
};

const WIDE: readonly Metric[] = METRICS;

/** What a figure needs before it is given. */
function floorOf({ id, needs }: Metric): string {
  if (id === 'deflatedSharpe')
    return 'n/a for a single run: it weighs the best of many trials, and there is no optimiser yet to make them.';
  const text = sampleText(needs);
  return text === '' ? '' : `n/a below ${text}.`;
}

export interface MetricsListProps {
  /** Runs side by side: one column each, the first is the one at hand. */
  runs: readonly { readonly title: string; readonly metrics: Readonly<Record<string, number | null>> }[];
}

/** Every metric by shelf; its definition and formula on hover and focus. */
export function MetricsList({ runs }: MetricsListProps) {
  const isComparing = runs.length > 1;
  return (
    <div className={cn('p-3', isComparing ? 'overflow-x-auto' : 'gap-x-6 md:columns-2 2xl:columns-3')}>
      {METRIC_GROUPS.map((group) => (
        <section key={group} className="mb-4 break-inside-avoid">
          <h3 className="caps border-b-2 border-line pb-1 text-muted">{GROUP_TITLES[group]}</h3>
          <dl>
            {WIDE.filter((metric) => metric.group === group).map((metric) => (
              <div key={metric.id} className="flex items-baseline gap-3 border-b border-hair py-0.5 hover:bg-raised">
                <dt className="min-w-36 flex-1">
                  <Tooltip
                    side="top"
                    text={
                      <span className="block py-1">
                        <span className="block">{metric.definition}</span>
                        <code className="mt-1 block font-normal">{metric.formula}</code>
                        <span className="mt-1 block font-normal">
                          {floorOf(metric)} {metric.source}
                        </span>
                      </span>
                    }
                  >
                    <button
                      type="button"
                      className="text-left text-xs decoration-faint decoration-dotted underline-offset-4 hover:underline focus-visible:-outline-offset-1"
                    >
                      {metric.title}
                    </button>
                  </Tooltip>
                </dt>
                {runs.map(({ title, metrics }) => {
                  const value = metrics[metric.id] ?? null;
                  return (
                    <dd
                      key={title}
                      className={cn(
                        'shrink-0 text-right text-xs font-bold',
                        isComparing && 'w-28',
                        value === null && 'font-normal text-muted',
                        metric.group === 'return' && metric.unit !== 'quote' && toneOf(value),
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
