import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ExchangeFeed } from '../feed/exchange-feed.js';
import type { FanOutMeter } from '../ws/channel.js';

/** Figures read at the moment someone asks. */
export interface MetricSources {
  readonly nowMs: () => number;
  readonly exchanges: () => Iterable<ExchangeFeed>;
  readonly clients: () => number;
  readonly subscriptions: () => number;
  readonly series: () => number;
  readonly storeFailures: () => number;
}

const LATENCY_BUCKETS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** The server's Prometheus metrics, one registry per server. */
export class Metrics {
  readonly registry = new Registry();
  /** What the socket fan-out reports to. */
  readonly fanOut: FanOutMeter;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    const delivered = new Counter({
      name: 'wick_ws_messages_total',
      help: 'Stream messages handed to client sockets',
      registers,
    });
    const coalesced = new Counter({
      name: 'wick_ws_coalesced_total',
      help: 'Forming candles left out for slow clients',
      registers,
    });
    const dropped = new Counter({
      name: 'wick_ws_dropped_total',
      help: 'Clients let go because they were too far behind',
      registers,
    });
    const latency = new Histogram({
      name: 'wick_ws_fanout_seconds',
      help: 'Time from the upstream message to all client sockets',
      buckets: LATENCY_BUCKETS_S,
      registers,
    });
    this.fanOut = {
      delivered: (count) => delivered.inc(count),
      coalesced: (count) => coalesced.inc(count),
      dropped: () => dropped.inc(),
      latency: (seconds) => latency.observe(Math.max(0, seconds)),
    };
  }

  /** Adds the figures that others keep. */
  watch(sources: MetricSources): void {
    this.#gauge('wick_ws_clients', 'Open client sockets', sources.clients);
    this.#gauge('wick_ws_subscriptions', 'Subscriptions of all clients', sources.subscriptions);
    this.#gauge('wick_series', 'Candle series watched upstream', sources.series);
    new Counter({
      name: 'wick_store_failures_total',
      help: 'Failed writes of candles, retried',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(sources.storeFailures());
      },
    });
    this.#perExchange('wick_upstream_lag_seconds', 'Age of the newest upstream message', sources, (exchange) => {
      const { lastMessageMs } = exchange.status;
      return lastMessageMs === null ? undefined : (sources.nowMs() - lastMessageMs) / 1_000;
    });
    this.#perExchange('wick_upstream_live', '1 when the exchange is live', sources, ({ status }) =>
      status.state === 'live' ? 1 : 0,
    );
    new Counter({
      name: 'wick_candles_healed_total',
      help: 'Candles fetched after faults upstream',
      labelNames: ['exchange'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { id, healedCandles } of sources.exchanges()) this.inc({ exchange: id }, healedCandles);
      },
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  #perExchange(
    name: string,
    help: string,
    sources: MetricSources,
    read: (exchange: ExchangeFeed) => number | undefined,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: ['exchange'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const exchange of sources.exchanges()) {
          const value = read(exchange);
          if (value !== undefined) this.set({ exchange: exchange.id }, value);
        }
      },
    });
  }
}
