import { METRICS, sampleText, type Metric } from '@wickworks/engine';
import { cn } from '../../ui/cn.js';
import { HintButton } from '../../ui/hint-button.js';

/** Every metric there is. */
export const ALL_METRICS: readonly Metric[] = METRICS;

/** What a figure needs before it is given. */
function floorOf({ id, needs }: Metric): string | null {
  if (id === 'deflatedSharpe')
    return 'n/a for a single run: it weighs the best of many trials, and there is no optimiser yet to make them.';
  const text = sampleText(needs);
  return text === '' ? null : `n/a below ${text}.`;
}

/** The name of a metric; on hover, focus or a tap what it means, how it is reckoned, when there is none, and who says so. */
export function MetricName({ metric, className }: { metric: Metric; className?: string }) {
  const floor = floorOf(metric);
  return (
    <HintButton
      className={cn('text-left decoration-faint decoration-dotted underline-offset-4 hover:underline', className)}
      hint={
        <span className="flex flex-col gap-2">
          <strong className="text-sm">{metric.title}</strong>
          <span>{metric.definition}</span>
          <code className="border-l-2 border-line pl-2 text-muted">{metric.formula}</code>
          {floor === null ? null : <span>{floor}</span>}
          <span className="text-muted">{metric.source}</span>
        </span>
      }
    >
      {metric.title}
    </HintButton>
  );
}
