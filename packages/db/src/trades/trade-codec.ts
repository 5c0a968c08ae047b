import { decodeCandles, encodeCandles, type ValueColumns } from '../codec/candle-codec.js';
import type { StoredTrades } from '../ports.js';
import { roomForTrades } from './trade-buffer.js';

/*
 * A trade is a candle of one price: the codec of candles packs it exactly, the three prices that repeat cost next to
 * nothing, and each block guards itself by its checksums. Times and ids go the same way: both mostly rise by little.
 */

const flat = (value: Float64Array, volume: Float64Array): ValueColumns => ({
  open: value,
  high: value,
  low: value,
  close: value,
  volume,
});

/** The trades as three blocks, exact to the bit. */
export function encodeTrades(trades: StoredTrades): { times: Buffer; ids: Buffer; block: Buffer } {
  const { time, price, quantity, side, id, length } = trades;
  return {
    times: Buffer.from(encodeCandles(flat(time, side), length)),
    ids: Buffer.from(encodeCandles(flat(id, new Float64Array(length)), length)),
    block: Buffer.from(encodeCandles(flat(price, quantity), length)),
  };
}

/** Undoes {@link encodeTrades}; throws when a block is damaged or holds another number of trades. */
export function decodeTrades(
  { times, ids, block }: { times: Uint8Array; ids: Uint8Array; block: Uint8Array },
  count: number,
): StoredTrades {
  const trades = roomForTrades(count);
  const spare = (): Float64Array => new Float64Array(count);
  const rest = { open: spare(), high: spare(), low: spare() };
  decodeCandles(times, { ...rest, close: trades.time, volume: trades.side }, count);
  decodeCandles(ids, { ...rest, close: trades.id, volume: spare() }, count);
  decodeCandles(block, { ...rest, close: trades.price, volume: trades.quantity }, count);
  return trades;
}
