import { isTimeframe } from '@wickworks/core';
import { parseTimeZone } from '../parameters.js';
import type { VenueContext } from '../markets.js';
import { klineStream } from './kline-stream.js';
import type { MarketStream } from './stream.js';

/** The stream a client names, or `undefined` when this venue has no such stream. */
export function openStream(name: string, context: VenueContext): MarketStream | undefined {
  const at = name.indexOf('@');
  const id = name.slice(0, at);
  if (at < 1 || id !== id.toLowerCase()) return undefined;
  const listed = context.markets.byId(id.toUpperCase());
  if (listed === undefined) return undefined;
  const kind = name.slice(at + 1);

  const kline = /^kline_(\w+)(?:@(.+))?$/.exec(kind);
  if (kline) {
    const timeframe = kline[1] ?? '';
    const shiftMs = kline[2] === undefined ? 0 : parseTimeZone(kline[2]);
    if (!isTimeframe(timeframe) || shiftMs === undefined || !listed.market().offers(timeframe)) return undefined;
    return klineStream(name, listed, timeframe, shiftMs);
  }
  return undefined;
}
