import { METRIC_GROUPS, METRICS, type MetricUnit, type RunFile } from '@wickworks/engine';
import { timeText } from '@wickworks/core';
import { countText, table } from '../text.js';

/** A result for people: what ran, every figure that exists, the proof and the hashes. */
export function resultText(result: RunFile): string {
  const { setup, metrics, trades, proof } = result;
  const timeframes = [...new Set(setup.strategies?.map(({ timeframe }) => timeframe) ?? [setup.timeframe])].join(', ');
  const markets = setup.markets.map(({ exchange, symbol }) => `${exchange} ${symbol}`).join(', ');
  const head = `${setup.strategyId} on ${markets} ${timeframes}, ${timeText(setup.fromMs)} to ${timeText(setup.toMs)}, ${countText(result.candles, 'candle')}`;
  const isKnown = (id: string): boolean => (metrics[id] ?? null) !== null;
  const rows = METRIC_GROUPS.flatMap((group) => {
    const known = METRICS.filter((metric) => metric.group === group && isKnown(metric.id));
    return known.map(({ id, title, unit }, i) => [i === 0 ? group : '', title, figureText(metrics[id] ?? 0, unit)]);
  });
  const shares = result.breakdowns.byStrategy?.map(({ key, roundTrips, winRatio, pnl }) => {
    const allocation = setup.strategies?.find(({ id }) => id === key)?.allocation ?? null;
    const reserved = allocation === null ? '' : figureText(allocation, 'ratio');
    return [key, reserved, String(roundTrips), winRatio === null ? '' : figureText(winRatio, 'ratio'), pnl.toFixed(2)];
  });
  const missing = METRICS.filter(({ id }) => !isKnown(id)).map(({ title }) => title);
  const none = missing.length === 0 ? [] : ['', `n/a, the sample is too small: ${missing.join(', ')}`];
  const checks = proof?.checks.filter(({ passed }) => !passed).map(({ kind, detail }) => `  ${kind}: ${detail}`) ?? [];
  const verdict = proof === null ? 'not made' : proof.passed ? 'passed' : 'FAILED';
  return [
    head,
    '',
    table(['', 'figure', 'value'], rows),
    ...(shares ? ['', table(['strategy', 'reserved', 'trades', 'won', 'profit'], shares)] : []),
    ...none,
    '',
    countText(trades.length, 'trade'),
    ...(result.intrabar ? [intrabarText(result.intrabar)] : []),
    `bias proof: ${verdict}`,
    ...checks,
    `data ${result.dataHash}`,
    `result ${result.resultHash}`,
  ].join('\n');
}

const intrabarText = ({ trades, detail, candles }: NonNullable<RunFile['intrabar']>): string =>
  `what happened first was decided by trades in ${countText(trades, 'candle')}, by finer candles in ${detail}, against the trader in ${candles}`;

function figureText(value: number, unit: MetricUnit): string {
  switch (unit) {
    case 'ratio':
      return `${(value * 100).toFixed(2)} %`;
    case 'ms':
      return value >= 172_800_000
        ? `${(value / 86_400_000).toFixed(1)} days`
        : `${(value / 3_600_000).toFixed(1)} hours`;
    case 'count':
      return String(value);
    case 'quote':
      return value.toFixed(2);
    case 'number':
      return value.toFixed(3);
  }
}
