import { encodeCandleBlock, encodeCandleFrameWith, type CandleEncoding, type CandleFrame } from '@wickworks/contracts';
import { Candles, rowAt, type CandleColumns, type CandleRow } from '@wickworks/core';
import { nullable, type IndicatorTrack } from '../feed/indicator-track.js';
import type { SeriesHub } from '../feed/series-hub.js';
import { binaryFrame, textFrame } from './frame.js';

interface Cached {
  closedVersion: number;
  readonly text: Map<number, string>;
  binaryForming: CandleRow | null;
  readonly binary: Map<string, { candles: Candles; block: Uint8Array }>;
}

/** The start of every snapshot, made once however many clients ask for it before the next candle. */
export class CandleBlocks {
  readonly #cache = new WeakMap<SeriesHub, Cached>();

  /** The message frame of a snapshot of the newest `limit` closed candles and the forming one. */
  snapshot(input: {
    hub: SeriesHub;
    track: IndicatorTrack | undefined;
    limit: number;
    encoding: CandleEncoding;
    subscription: string;
    seq: number;
    isDeflating: boolean;
  }): Buffer {
    const { hub, track, limit, encoding, subscription, seq, isDeflating } = input;
    const from = Math.max(0, hub.closed.length - limit);
    const gaps = hub.gapsFrom(from);
    const { forming } = hub;
    const indicators = track?.columns(limit);
    if (encoding === 'json') {
      const closedText = this.#closedText(hub, from);
      const separator = closedText !== '' && forming ? ',' : '';
      const candles = `[${closedText}${separator}${forming ? JSON.stringify(forming) : ''}]`;
      const head = `{"kind":"snapshot","subscription":"${subscription}","seq":${seq}`;
      const tail = `"gaps":${JSON.stringify(gaps)},"forming":${forming ? 'true' : 'false'}`;
      const values = indicators ? `,"indicators":${indicatorsText(indicators)}` : '';
      return textFrame(`${head},"candles":${candles},${tail}${values}}`, isDeflating);
    }
    const { candles, block } = this.#binaryBlock(hub, from, encoding);
    const frame: CandleFrame = {
      kind: 'snapshot',
      subscription,
      seq,
      candles,
      gaps,
      forming: forming !== null,
      indicators,
    };
    return binaryFrame(encodeCandleFrameWith(frame, encoding, block), false);
  }

  #entry(hub: SeriesHub): Cached {
    let entry = this.#cache.get(hub);
    if (!entry) {
      entry = { closedVersion: hub.closedVersion, text: new Map(), binaryForming: null, binary: new Map() };
      this.#cache.set(hub, entry);
    }
    if (entry.closedVersion !== hub.closedVersion) {
      entry.closedVersion = hub.closedVersion;
      entry.text.clear();
      entry.binary.clear();
    }
    return entry;
  }

  #closedText(hub: SeriesHub, from: number): string {
    const { text } = this.#entry(hub);
    let closed = text.get(from);
    if (closed === undefined) {
      closed = rowsText(hub.closed, from);
      text.set(from, closed);
    }
    return closed;
  }

  #binaryBlock(hub: SeriesHub, from: number, encoding: 'f64' | 'packed'): { candles: Candles; block: Uint8Array } {
    const entry = this.#entry(hub);
    if (entry.binaryForming !== hub.forming) {
      entry.binaryForming = hub.forming;
      entry.binary.clear();
    }
    const key = `${encoding} ${from}`;
    let made = entry.binary.get(key);
    if (!made) {
      const candles = new Candles(hub.closed.length - from + 1);
      for (let index = from; index < hub.closed.length; index++) candles.push(rowAt(hub.closed, index));
      if (hub.forming) candles.push(hub.forming);
      made = { candles, block: encodeCandleBlock(candles, encoding) };
      entry.binary.set(key, made);
    }
    return made;
  }
}

const indicatorsText = (indicators: ReturnType<IndicatorTrack['columns']>): string =>
  JSON.stringify(indicators, (_key, value: unknown) => (value instanceof Float64Array ? nullable(value) : value));

/** Rows `[from, length)` as JSON without the outer brackets. */
export function rowsText(candles: CandleColumns, from = 0): string {
  const { time, open, high, low, close, volume } = candles;
  const parts: string[] = [];
  for (let i = from; i < candles.length; i++)
    parts.push(`[${time[i]!},${open[i]!},${high[i]!},${low[i]!},${close[i]!},${volume[i]!}]`);
  return parts.join(',');
}
