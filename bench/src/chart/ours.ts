import { rowAt, type Candles } from '@wickworks/core';
import { createChart } from '../../../apps/web/src/chart/api/create-chart.js';
import { DEFAULT_CHART_OPTIONS } from '../../../apps/web/src/chart/model/chart-options.js';
import type { ContestantKind } from './contestant.js';

/** The product's chart with what the peers draw too: candles, axes and last price, in one pane; the legend besides. */
export const ours: ContestantKind<Candles> = {
  prepare: (candles) => candles,
  mount(host, candles) {
    let version = 0;
    let changed = (): void => undefined;
    const chart = createChart(host, {
      options: {
        ...DEFAULT_CHART_OPTIONS,
        volume: false,
        series: { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' },
      },
      source: {
        candles,
        forming: true,
        get version() {
          return version;
        },
        prepended: 0,
        generation: 0,
        gaps: [],
        history: 'complete',
        subscribe(listener) {
          changed = listener;
          return () => undefined;
        },
      },
    });
    return {
      show: (from, to) => chart.show({ fromMs: candles.time[from]!, toMs: candles.time[to - 1]! }),
      tick(price) {
        const last = candles.length - 1;
        const [time, open, high, low, , volume] = rowAt(candles, last);
        candles.set(last, [time, open, Math.max(high, price), Math.min(low, price), price, volume]);
        version++;
        changed();
      },
    };
  },
};
