import { useMemo } from 'react';
import { useMetricsText } from '../../data/use-metrics-text.js';
import { formatCount } from '../../format/number.js';
import { ErrorState } from '../../ui/error-state.js';
import { Panel } from '../../ui/panel.js';
import { parseMetrics, quantileBound, sumOf, type MetricSample } from './parse-metrics.js';

interface Highlight {
  name: string;
  /** What the figure means. */
  text: string;
  value: (samples: readonly MetricSample[]) => string;
}

const count = (name: string) => (samples: readonly MetricSample[]) => {
  const value = sumOf(samples, name);
  return value === null ? '–' : formatCount(value);
};

/** Seconds as milliseconds. */
const milliseconds = (seconds: number | null): string => {
  if (seconds === null || Number.isNaN(seconds)) return '–';
  return seconds === Infinity ? '> 1 s' : `${(seconds * 1_000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
};

const HIGHLIGHTS: readonly Highlight[] = [
  { name: 'Clients', text: 'open sockets', value: count('wick_ws_clients') },
  { name: 'Subscriptions', text: 'of all clients', value: count('wick_ws_subscriptions') },
  { name: 'Series', text: 'watched at exchanges', value: count('wick_series') },
  { name: 'Delivered', text: 'messages since the start', value: count('wick_ws_messages_total') },
  { name: 'Coalesced', text: 'updates spared slow clients', value: count('wick_ws_coalesced_total') },
  { name: 'Healed', text: 'candles fetched after faults', value: count('wick_candles_healed_total') },
  {
    name: 'Fan-out p99',
    text: 'upstream to all sockets, at most',
    value: (samples) => milliseconds(quantileBound(samples, 'wick_ws_fanout_seconds', 0.99)),
  },
  {
    name: 'Event loop p99',
    text: 'delay of the server',
    value: (samples) => milliseconds(sumOf(samples, 'nodejs_eventloop_lag_p99_seconds')),
  },
];

/** The few figures that tell whether the server keeps up. */
export function MetricsPanel() {
  const metrics = useMetricsText();
  const samples = useMemo(() => parseMetrics(metrics.data ?? ''), [metrics.data]);
  return (
    <Panel title="Figures">
      {metrics.error === null ? (
        <dl aria-busy={metrics.data === undefined} className="grid grid-cols-2 overflow-hidden sm:grid-cols-4">
          {HIGHLIGHTS.map((highlight) => (
            <div key={highlight.name} className="-mr-0.5 -mb-0.5 border-r-2 border-b-2 border-hair p-3">
              <dt className="caps text-muted">{highlight.name}</dt>
              <dd>
                <span className="block truncate text-xl font-extrabold">{highlight.value(samples)}</span>
                <span className="text-2xs text-muted">{highlight.text}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <ErrorState
          className="m-3"
          title="Figures could not be loaded"
          text={metrics.error.message}
          onRetry={() => void metrics.refetch()}
          retrying={metrics.isFetching}
        />
      )}
    </Panel>
  );
}
