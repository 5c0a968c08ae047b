import { METRIC_GROUPS, sampleText, type Metric, type MetricUnit } from '../src/performance/metric.js';
import { METRICS } from '../src/performance/metrics.js';
import { readGolden } from './talib.js';

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

/** What other reports mean by a name that stands here too, where it is not the same. */
const ELSEWHERE: readonly string[] = [
  'backtesting.py: annual return, volatility, Sharpe, Sortino and Calmar are built on the geometric mean of daily returns; CAGR counts whole days; profit factor sums returns, not money; the average trade is a geometric mean; buy and hold starts after the warm-up; exposure counts candles, not time.',
  'freqtrade: Sharpe and Sortino "by trades" divide profit a day by the deviation of trades (not of days), Sortino by that of the losing ones alone; "by balance" they are ours with the population’s deviation; its Calmar is 100 × mean daily profit × √365 ÷ drawdown; its p-value is two-sided, by Student’s t; what cannot be told is −100 or 0 there, n/a here.',
  'quantstats: value at risk is that of a normal distribution (here a figure of its own), skewness and kurtosis are sample-corrected, Treynor divides the total return, the recovery factor the sum of daily returns, the information ratio is not annualised; years have 252 days unless told.',
  'Jesse: Sharpe, Sortino and Omega as here over 365 days; its annual return counts from the first to the last trade.',
  'Lean: years have 252 days unless told; excursions and drawdowns of trades are in money. Its capacity estimate needs an order book history and is absent.',
];

/** Figures that other libraries computed for the committed account. */
function heldFigures(): number {
  // Our own committed file, made by make-metrics.py.
  const { metrics, tradeMetrics } = readGolden('metrics.json.gz') as Readonly<
    Record<'metrics' | 'tradeMetrics', Readonly<Record<string, number>>>
  >;
  return Object.keys({ ...metrics, ...tradeMetrics }).length;
}

const section = (metric: Metric): string[] => [
  `### ${metric.title} (\`${metric.id}\`)`,
  '',
  metric.definition,
  '',
  `- formula: ${metric.formula}`,
  `- unit: ${UNITS[metric.unit]}; sample needed: ${sampleText(metric.needs) || 'none'}`,
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
    'candle returns 0. Once a day begins with nothing or with debt there is nothing to measure a return against: every',
    'figure of daily returns, months and years is n/a. Values that differ by less than a billionth of the largest count as',
    'equal, a change of equity below 1e-14 as none: rounding makes no ratio. **Annualised** figures count a year of 365 days',
    'of 24 hours, for markets here never close: means × 365, deviations × √365, growth by calendar time. The risk-free',
    'return is 0. A trade is a round trip from flat to flat in one market; its profit is after fees, funding and borrowing.',
    '"The market" is the first market of the run.',
    '',
    `${String(heldFigures())} of these figures are held to 1e-9 against quantstats, empyrical, scipy and freqtrade on a committed account`,
    '(`metrics.golden.test.ts`), a dozen against backtesting.py’s own runs (`performance.test.ts`), the others to closed',
    'forms. Where a library defines a figure differently, the source says so.',
    '',
    '## The same name elsewhere',
    '',
    ...ELSEWHERE.map((line) => `- ${line}`),
    '',
  ];
  for (const group of METRIC_GROUPS) {
    const members = METRICS.filter((metric) => metric.group === group);
    lines.push(`## ${TITLES[group]} (${String(members.length)})`, '', ...members.flatMap((metric) => section(metric)));
  }
  return lines.join('\n');
}
