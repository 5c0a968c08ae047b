import { Candles } from '@wickworks/core';
import { expect, test } from 'vitest';
import { calculate } from './calculate.js';
import { findIndicator, parseParams } from './registry.js';

const COUNT = 10_000_000;
const TAIL = 4_000;

/** Prices that fall by a factor of a million and volumes with rare huge spikes: the worst for running sums. */
function longMarket(): Candles {
  const time = new Float64Array(COUNT);
  const price = new Float64Array(COUNT);
  const high = new Float64Array(COUNT);
  const low = new Float64Array(COUNT);
  const volume = new Float64Array(COUNT);
  let seed = 12_345;
  for (let i = 0; i < COUNT; i++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = seed / 2_147_483_648;
    time[i] = i * 1_000;
    price[i] = 60_000 * Math.exp((-13.8 * i) / COUNT) * (1 + 0.01 * noise);
    high[i] = price[i]! * (1 + 0.002 * noise);
    low[i] = price[i]! * (1 - 0.003 * noise);
    volume[i] = i % 1_000_003 === 0 ? 1e12 : noise;
  }
  return Candles.wrap({ time, open: price, high, low, close: price, volume });
}

const CASES = [
  ['sma', { period: 20 }, 20],
  ['wma', { period: 20 }, 20],
  ['bbands', { period: 20 }, 20],
  ['var', { period: 50 }, 50],
  ['vwma', { period: 20 }, 20],
  ['cmf', { period: 20 }, 20],
  ['linearreg', { period: 14 }, 14],
  ['correl', { period: 30 }, 30],
  ['max', { period: 30 }, 30],
  ['rsi', { period: 14 }, 3_000],
  ['ema', { period: 20 }, 3_000],
  ['adx', { period: 14 }, 3_000],
] as const;

test('after ten million candles the numbers are those of a fresh start', () => {
  const long = longMarket();
  const from = COUNT - TAIL;
  const fresh = Candles.wrap({
    time: long.time.slice(from),
    open: long.open.slice(from),
    high: long.high.slice(from),
    low: long.low.slice(from),
    close: long.close.slice(from),
    volume: long.volume.slice(from),
  });
  for (const [id, raw, settled] of CASES) {
    const definition = findIndicator(id)!;
    const params = parseParams(definition, raw);
    if (!params.ok) throw new Error(id);
    const whole = calculate(definition, params.value, long);
    const tail = calculate(definition, params.value, fresh);
    for (const [name, column] of Object.entries(tail)) {
      const scale = Math.max(...column.slice(settled).map(Math.abs));
      for (let i = settled; i < TAIL; i++) {
        const difference = Math.abs(whole[name]![from + i]! - column[i]!);
        if (!(difference <= 1e-9 * Math.max(Math.abs(column[i]!), 0.01 * scale)))
          expect.fail(`${id}.${name}[${from + i}]: ${whole[name]![from + i]!} instead of ${column[i]!}`);
      }
    }
  }
}, 120_000);
