import { expect, it } from 'vitest';
import { parseMetrics, quantileBound, sumOf } from './parse-metrics.js';

const PAGE = `# HELP wick_ws_clients Open client sockets
# TYPE wick_ws_clients gauge
wick_ws_clients 3
wick_upstream_lag_seconds{exchange="local"} 0.25
wick_candles_healed_total{exchange="local"} 4
wick_candles_healed_total{exchange="say \\"hi\\""} 1.5e1
wick_ws_fanout_seconds_bucket{le="0.001"} 50
wick_ws_fanout_seconds_bucket{le="0.01"} 99
wick_ws_fanout_seconds_bucket{le="+Inf"} 100
nonsense
`;

it('reads names, labels and values', () => {
  const samples = parseMetrics(PAGE);
  expect(samples).toHaveLength(7);
  expect(samples[1]).toEqual({ name: 'wick_upstream_lag_seconds', labels: { exchange: 'local' }, value: 0.25 });
  expect(samples[3]?.labels).toEqual({ exchange: 'say "hi"' });
});

it('sums over labels and tells absence from zero', () => {
  const samples = parseMetrics(PAGE);
  expect(sumOf(samples, 'wick_candles_healed_total')).toBe(19);
  expect(sumOf(samples, 'absent')).toBeNull();
});

it('gives the bucket that holds the share', () => {
  const samples = parseMetrics(PAGE);
  expect(quantileBound(samples, 'wick_ws_fanout_seconds', 0.5)).toBe(0.001);
  expect(quantileBound(samples, 'wick_ws_fanout_seconds', 0.99)).toBe(0.01);
  expect(quantileBound(samples, 'wick_ws_fanout_seconds', 1)).toBe(Infinity);
  expect(quantileBound([], 'wick_ws_fanout_seconds', 0.5)).toBeNull();
});
