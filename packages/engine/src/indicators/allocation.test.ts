import { copyColumns } from '@wickworks/core';
import { expect, test } from 'vitest';
import { defaults, longMarket } from '../../golden/indicator-checks.js';
import { IndicatorRunner } from './calculate.js';
import { findIndicator } from './registry.js';

/** Live candles between two looks at the heap, looks that decide together, and looks until the code must be compiled. */
const WINDOW_CANDLES = 500;
const WINDOWS = 9;
const WINDOWS_MAX = 200;
/** An object or an iterator on every candle costs 32 bytes or more for each of its two looks at the candle. */
const LIMIT_BYTES = 48;

const market = longMarket(WINDOW_CANDLES * WINDOWS_MAX);
const rows = Array.from({ length: market.length }, (_, i) => market.at(i)!);

/** One of each way of carrying on: moving sums and moments, smoothing, Wilder's averages, extremes, patterns. */
test.each(['sma', 'ema', 'rsi', 'bbands', 't3', 'atr', 'max', 'obv', 'doji'])(
  '%s leaves no garbage on a live candle',
  (id) => {
    const definition = findIndicator(id)!;
    const growing = copyColumns(market, 0, market.length);
    const runner = new IndicatorRunner(definition, defaults(definition), growing);
    growing.truncate(0);
    let next = 0;
    /** Bytes a candle. The middle of some windows: a collection makes one negative, a late compilation one large. */
    let middle = Infinity;
    const grown: number[] = [];
    while (middle >= LIMIT_BYTES && next < rows.length) {
      const before = process.memoryUsage().heapUsed;
      for (const end = next + WINDOW_CANDLES; next < end; next++) {
        growing.push(rows[next]!);
        runner.append();
        runner.update();
      }
      grown.push((process.memoryUsage().heapUsed - before) / WINDOW_CANDLES);
      const last = grown.slice(-WINDOWS).sort((a, b) => a - b);
      if (last.length === WINDOWS) middle = last[Math.floor(WINDOWS / 2)]!;
    }
    expect(middle).toBeLessThan(LIMIT_BYTES);
  },
);
