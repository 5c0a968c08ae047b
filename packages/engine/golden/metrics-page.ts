import { METRIC_GROUPS, type Metric, type MetricUnit, type SampleFloor } from '../src/performance/metric.js';
import { METRICS } from '../src/performance/metrics.js';

const UNITS: Readonly<Record<MetricUnit, string>> = {
  ratio: 'ratio (0.1 is 10 %)',
  number: 'number',
  count: 'count',
  ms: 'milliseconds',
  quote: 'quote currency',
};

const TITLES = {
  return: 'Return',
  risk: 'Risk and return',
  market: 'Beside the market',
  drawdown: 'Drawdown',
  trades: 'Trades',
  costs: 'Costs',
  evidence: 'Evidence against luck',
} as const;

/** The sample below which a metric is n/a, in words. */
function floorText({ days, months, points, trips, of }: SampleFloor): string {
  const parts = [
    days === undefined ? null : `${String(days)} daily returns`,
    months === undefined ? null : `${String(months)} months`,
    points === undefined ? null : 'one candle',
    trips === undefined ? null : `${String(trips)} finished ${of === undefined ? '' : `${of} `}trades`,
  ];
  return parts.filter((part) => part !== null).join(' and ') || 'none';
}

const section = (metric: Metric): string[] => [
  `### ${metric.title} (\`${metric.id}\`)`,
  '',
  metric.definition,
  '',
  `- formula: ${metric.formula}`,
  `- unit: ${UNITS[metric.unit]}; sample needed: ${floorText(metric.needs)}`,
  `- source: ${metric.source}`,
  '',
];

/** The text of docs/metrics.md. */
export function metricsPage(): string {
  const lines = [
    '# Metrics of a backtest',
    '',
    `Made from the declarations in \`packages/engine/src/performance\` (${String(METRICS.length)} of them); do not edit. Rewrite with`,
    '`WICK_WRITE_DOCS=1 npx vitest run --project node packages/engine/src/performance/docs.test.ts`.',
    '',
    'Below the sample needed, and where there is nothing to divide by, a figure is n/a (`null`), never a number. Daily',
    'returns run from the last equity of one UTC day to that of the next, the first against the deposit; a day without a',
    'candle returns 0. Years have 365 days of trading: markets here never close. The risk-free return is 0. A trade is a',
    'round trip from flat to flat in one market; its profit is after fees, funding and borrowing. "The market" is the first',
    'market of the run. 35 of these figures are held to 1e-9 against quantstats, empyrical and scipy on a committed series',
    '(`metrics.golden.test.ts`), a dozen against backtesting.py’s own runs (`performance.test.ts`), the others to closed',
    'forms. Where a library defines a figure differently, the source says so.',
    '',
  ];
  for (const group of METRIC_GROUPS) {
    const members = METRICS.filter((metric) => metric.group === group);
    lines.push(`## ${TITLES[group]} (${String(members.length)})`, '', ...members.flatMap((metric) => section(metric)));
  }
  return lines.join('\n');
}
