import { Candles, copyColumns, type CandleColumns } from './candle-columns.js';
import { err, ok, type Result } from './result.js';

/** Lossless packed bytes of `candles` (docs/websocket.md); their length is a multiple of 8. */
export function packCandles(candles: CandleColumns): Uint8Array {
  const { length } = candles;
  const copy = copyColumns(candles);
  const packed = new Float64Array(length * 6);
  [copy.time, copy.open, copy.high, copy.low, copy.close, copy.volume].forEach((column, index) =>
    packed.set(column, index * length),
  );
  return new Uint8Array(packed.buffer);
}

/** The `count` candles packed into `bytes`, bit for bit, or what is wrong with the bytes. */
export function unpackCandles(bytes: Uint8Array, count: number): Result<Candles, string> {
  if (bytes.length !== count * 48) return err('packed block has the wrong length');
  const values = new Float64Array(bytes.slice().buffer);
  const column = (index: number): Float64Array => values.subarray(index * count, (index + 1) * count);
  return ok(
    Candles.wrap({
      time: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    }),
  );
}
