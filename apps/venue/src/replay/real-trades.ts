import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { assert } from '@wickworks/core';
import type { CandleGrid } from './candle-grid.js';
import { TradePath } from './trade-path.js';

/**
 * The trades of a bundled CSV file (`time,id,price,amount,side`) by slot of `grid`. A slot is taken
 * only when its trades give exactly its candle, so half recorded ones fall away.
 */
export function readRealTrades(path: string, grid: CandleGrid): ReadonlyMap<number, TradePath> {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1').split('\n');
  assert(lines[0] === 'time,id,price,amount,side', `${basename(path)} is a trade file`);
  const bySlot = new Map<number, string[][]>();
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    const fields = line.split(',');
    const slot = Math.floor((Number(fields[0]) - grid.firstMs) / grid.slotMs);
    const rows = bySlot.get(slot);
    if (rows) rows.push(fields);
    else bySlot.set(slot, [fields]);
  }
  const paths = new Map<number, TradePath>();
  for (const [slot, rows] of bySlot) {
    if (slot < 0 || slot >= grid.slots) continue;
    const trades = toPath(rows, grid, grid.firstMs + slot * grid.slotMs);
    if (agrees(trades, grid, slot)) paths.set(slot, trades);
  }
  return paths;
}

function toPath(rows: readonly string[][], grid: CandleGrid, openTimeMs: number): TradePath {
  const path = new TradePath(rows.length);
  path.count = rows.length;
  rows.forEach(([time, , price, amount, side], index) => {
    path.offsetMs[index] = Number(time) - openTimeMs;
    path.price[index] = Math.round(Number(price) * 10 ** grid.priceDecimals);
    path.quantity[index] = Math.round(Number(amount) * 10 ** grid.quantityDecimals);
    path.takerBuys[index] = side === 'buy' ? 1 : 0;
  });
  return path;
}

function agrees(path: TradePath, grid: CandleGrid, slot: number): boolean {
  const price = path.price;
  let high = price[0]!;
  let low = price[0]!;
  let volume = 0;
  for (let index = 0; index < path.count; index++) {
    high = Math.max(high, price[index]!);
    low = Math.min(low, price[index]!);
    volume += path.quantity[index]!;
  }
  return (
    price[0] === grid.open[slot] &&
    high === grid.high[slot] &&
    low === grid.low[slot] &&
    price[path.count - 1] === grid.close[slot] &&
    volume === grid.volume[slot]
  );
}
