import { Candles } from '@wickworks/core';

/** A random walk of so many minutes, the same each time. */
export function market(count: number): Candles {
  const candles = new Candles(count);
  let price = 30_000;
  let seed = 42;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  for (let i = 0; i < count; i++) {
    const open = price;
    price *= 1 + (random() - 0.5) * 0.002;
    const high = Math.max(open, price) * (1 + random() * 0.0005);
    const low = Math.min(open, price) * (1 - random() * 0.0005);
    candles.push([i * 60_000, open, high, low, price, random() * 100]);
  }
  return candles;
}
