/** A strategy that buys as the close rises above its mean and sells as it falls below. */
export const JUMP = {
  schema: 1,
  name: 'Jump',
  timeframe: '1m',
  params: { span: { kind: 'number', title: 'Span', default: 5, min: 2, max: 50, step: 1, whole: true } },
  indicators: { mean: { id: 'sma', params: { period: '$span' } } },
  conditions: { up: { crossesAbove: ['close', 'mean'] }, down: { crossesBelow: ['close', 'mean'] } },
  entry: { long: { when: 'up' } },
  exit: { long: { when: 'down' } },
  size: { kind: 'equity', ratio: 0.5 },
};
