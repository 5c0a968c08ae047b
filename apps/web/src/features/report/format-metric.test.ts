import { METRICS } from '@wickworks/engine';
import { expect, it } from 'vitest';
import { metricTone } from './format-metric.js';

const toneOfMetric = (id: string, value: number) => {
  const metric = METRICS.find((candidate) => candidate.id === id);
  if (!metric) throw new Error(`no metric ${id}`);
  return metricTone(metric, value);
};

it('colours what was gained or lost, and no share, count or amount', () => {
  expect(toneOfMetric('totalReturn', 0.1)).toBe('text-up');
  expect(toneOfMetric('worstDay', -0.1)).toBe('text-down');
  for (const id of ['exposure', 'winningDays', 'longestLosingDays', 'finalEquity', 'maxDrawdown'])
    expect(toneOfMetric(id, 0.2), id).toBeUndefined();
});
