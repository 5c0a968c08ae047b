import { assert } from '@wickworks/core';
import { hash32, Rng } from './hash.js';

/** The trades of one candle as columns; index `0..count-1`, ascending time. */
export class TradePath {
  count = 0;
  /** Time since the candle opened, ms. */
  readonly offsetMs: Float64Array;
  /** Price in ticks. */
  readonly price: Float64Array;
  /** Quantity in steps, at least 1. */
  readonly quantity: Float64Array;
  /** 1 where the taker bought. */
  readonly takerBuys: Uint8Array;

  constructor(capacity: number) {
    this.offsetMs = new Float64Array(capacity);
    this.price = new Float64Array(capacity);
    this.quantity = new Float64Array(capacity);
    this.takerBuys = new Uint8Array(capacity);
  }

  /** How many trades lie at or before `offsetMs` after the open. */
  countUntil(offsetMs: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.offsetMs[middle]! <= offsetMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A candle in whole ticks and steps, and what makes its path its own. */
export interface CandleShape {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly widthMs: number;
  /** Volume of a usual candle of this market, in steps: more volume, more trades. */
  readonly typicalVolume: number;
  readonly seed: number;
}

const FEWEST_TRADES = 6;

/** The most trades a path of this width holds: two a second, at most 400. */
export const maxTradeCount = (widthMs: number): number => Math.min(400, Math.max(4, Math.floor(widthMs / 500)));

/**
 * How many trades the candle's path has: none without volume, never more than there are steps to trade,
 * and otherwise enough to touch open, both extremes and close.
 */
export function tradeCount(shape: CandleShape): number {
  if (shape.volume <= 0) return 0;
  const most = Math.min(maxTradeCount(shape.widthMs), shape.volume);
  const busyness = Math.sqrt(Math.min(16, shape.volume / shape.typicalVolume));
  const jitter = 0.7 + (0.6 * hash32(shape.seed, 0, 1)) / 4294967296;
  return Math.min(most, Math.max(FEWEST_TRADES, Math.round(24 * busyness * jitter)));
}

const turns = new Float64Array(4);

/** Fills `turns` with the prices the path must visit in order and tells how many there are (1..4). */
function turningPoints(shape: CandleShape, rng: Rng): number {
  const { open, high, low, close } = shape;
  // An end that is itself an extreme decides the order; else falling candles mostly go up first, as real ones do.
  let lowFirst: boolean;
  if (open === low || close === high) lowFirst = true;
  else if (open === high || close === low) lowFirst = false;
  else lowFirst = rng.next() < (close >= open ? 0.7 : 0.3);
  const wanted = lowFirst ? [open, low, high, close] : [open, high, low, close];
  let count = 0;
  for (const price of wanted) {
    if (count === 0 || turns[count - 1] !== price) turns[count++] = price;
  }
  return count;
}

/**
 * Writes the candle's trades into `path`: the first at the open, the last at the close, both extremes
 * touched, all prices whole ticks within them, quantities summing to the volume to the step, times
 * distinct and rising. The same shape always gives the same trades. A candle with fewer steps of volume
 * than turning points cannot touch them all: it keeps the earliest ones and its close.
 */
export function fillTradePath(path: TradePath, shape: CandleShape): void {
  const rng = fillValues(path, shape);
  if (path.count > 0) fillTimes(path, shape.widthMs, rng);
}

/** As {@link fillTradePath} but without times, for sums; gives the dice as they lie then. */
export function fillValues(path: TradePath, shape: CandleShape): Rng {
  const count = tradeCount(shape);
  assert(count <= path.price.length, 'the path has room');
  path.count = count;
  const rng = new Rng(hash32(shape.seed, 0, 2));
  if (count === 0) return rng;
  fillPrices(path, shape, rng);
  fillShares(path.quantity, count, shape.volume - count, rng);
  for (let index = 0; index < count; index++) path.quantity[index] = path.quantity[index]! + 1;
  fillSides(path, rng);
  return rng;
}

function fillPrices(path: TradePath, shape: CandleShape, rng: Rng): void {
  const { price, count } = path;
  let points = turningPoints(shape, rng);
  if (points > count) {
    turns[count - 1] = shape.close;
    points = count;
  }
  const last = count - 1;
  const range = shape.high - shape.low;
  let from = 0;
  price[0] = turns[0]!;
  for (let point = 1; point < points; point++) {
    const remaining = points - 1 - point;
    const to = remaining === 0 ? last : from + 1 + rng.below(last - remaining - from);
    const start = turns[point - 1]!;
    const end = turns[point]!;
    for (let index = from + 1; index < to; index++) {
      const straight = start + ((end - start) * (index - from)) / (to - from);
      const noisy = Math.round(straight + (rng.next() - 0.5) * 0.25 * range);
      price[index] = Math.min(shape.high, Math.max(shape.low, noisy));
    }
    price[to] = end;
    from = to;
  }
  for (let index = from + 1; index < count; index++) price[index] = shape.close;
}

/** Splits `total` whole units over `count` places, unevenly (few large, many small), exactly. */
function fillShares(out: Float64Array, count: number, total: number, rng: Rng): void {
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const u = rng.next();
    sum += 0.02 + u * u * u;
    out[index] = sum;
  }
  let given = 0;
  for (let index = 0; index < count; index++) {
    const upTo = index === count - 1 ? total : Math.min(total, Math.floor(total * (out[index]! / sum)));
    out[index] = upTo - given;
    given = upTo;
  }
}

function fillTimes(path: TradePath, widthMs: number, rng: Rng): void {
  const { offsetMs, count } = path;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    offsetMs[index] = sum;
    sum += 0.05 + rng.next();
  }
  // The first trade opens the candle; each later one lies at least 1 ms after its neighbour.
  const spread = widthMs - count;
  for (let index = 0; index < count; index++) offsetMs[index] = index + Math.floor((spread * offsetMs[index]!) / sum);
}

function fillSides(path: TradePath, rng: Rng): void {
  let buys = rng.next() < 0.5;
  for (let index = 0; index < path.count; index++) {
    const move = index === 0 ? 0 : path.price[index]! - path.price[index - 1]!;
    if (move !== 0) buys = move > 0;
    else if (rng.next() < 0.3) buys = !buys;
    path.takerBuys[index] = buys ? 1 : 0;
  }
}
