import { packCandles, unpackCandles, type CandleColumns, type TradeTape } from '@wickworks/core';
import * as z from 'zod';

/*
 * Candles and trades as text inside a page that verifies itself (engine-worker-page.ts), exact to the bit: the codec of
 * candles in base64.
 */

const PackedCandles = z.object({ count: z.int().nonnegative(), packed: z.string() });
type PackedCandles = z.infer<typeof PackedCandles>;

/** What a page carries of one market on one timeframe. */
export const PackedSeries = PackedCandles.extend({
  symbol: z.string(),
  timeframe: z.string(),
  detail: PackedCandles.optional(),
});
export type PackedSeries = z.infer<typeof PackedSeries>;

/** The trades of one market. */
export const PackedTape = z.object({
  symbol: z.string(),
  count: z.int().nonnegative(),
  times: z.string(),
  trades: z.string(),
  covered: z.array(z.tuple([z.number(), z.number()])),
});
export type PackedTape = z.infer<typeof PackedTape>;

const CHUNK = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

function bytesOf(packed: string): Uint8Array {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export const packColumns = (candles: CandleColumns): PackedCandles => ({
  count: candles.length,
  packed: base64(packCandles(candles)),
});

/** Undoes {@link packColumns}; throws what is wrong with the text. */
export function unpackColumns({ count, packed }: PackedCandles): CandleColumns {
  const unpacked = unpackCandles(bytesOf(packed), count);
  if (!unpacked.ok) throw new Error(`the data in this page is damaged: ${unpacked.error}`);
  return unpacked.value;
}

/**
 * Trades as candles of one price, numbered instead of timed, for times repeat; they go the same way, in a block of their
 * own. What repeats costs next to nothing.
 */
export function packTape(symbol: string, { trades, covered }: TradeTape): PackedTape {
  const { length, time, price, quantity } = trades;
  const number = Float64Array.from({ length }, (_, at) => at);
  const pack = (value: Float64Array, volume: Float64Array): string =>
    packColumns({ length, time: number, open: value, high: value, low: value, close: value, volume }).packed;
  return {
    symbol,
    count: length,
    times: pack(time, new Float64Array(length)),
    trades: pack(price, quantity),
    covered: covered.map(([fromMs, toMs]) => [fromMs, toMs]),
  };
}

/** Undoes {@link packTape}; throws what is wrong with the text. */
export function unpackTape({ count, times, trades, covered }: PackedTape): TradeTape {
  const { close: price, volume: quantity } = unpackColumns({ count, packed: trades });
  const { close: time } = unpackColumns({ count, packed: times });
  return { trades: { length: count, time, price, quantity }, covered };
}
