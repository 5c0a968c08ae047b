import { closeTimeOf, type Timeframe } from '@wickworks/core';
import type { ListedMarket } from '../markets.js';
import { shiftedOpenTime } from '../../replay/market.js';
import { klineEvent } from '../kline.js';
import { newestBeat, type MarketStream, type StreamEvent } from './stream.js';

/**
 * `kline_<interval>`: the forming candle every 2 s (1 s for `1s`) and every candle's closing event, in
 * order. When time runs so fast that several forming updates fall due at once, only the newest is sent;
 * closing events are never left out.
 */
export function klineStream(name: string, listed: ListedMarket, timeframe: Timeframe, shiftMs: number): MarketStream {
  const market = listed.market();
  const everyMs = timeframe === '1s' ? 1_000 : 2_000;
  // Each market beats at its own moment, so that not all of them speak at once.
  const phaseMs = market.seed % everyMs;
  const nextClose = (afterMs: number): number =>
    closeTimeOf(timeframe, shiftedOpenTime(timeframe, afterMs, shiftMs) + shiftMs) - shiftMs;

  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      let openTimeMs = shiftedOpenTime(timeframe, fromMs, shiftMs);
      for (let closeMs = nextClose(fromMs); closeMs <= toMs; closeMs = nextClose(closeMs)) {
        const candle = market.candle(timeframe, openTimeMs, closeMs, shiftMs);
        if (candle) {
          out.push({
            timeMs: closeMs,
            stream: name,
            json: JSON.stringify(klineEvent(listed, timeframe, candle, closeMs)),
          });
        }
        openTimeMs = closeMs;
      }
      const beatMs = newestBeat(fromMs, toMs, everyMs, phaseMs);
      if (beatMs === undefined) return;
      const forming = market.candle(timeframe, shiftedOpenTime(timeframe, beatMs, shiftMs), beatMs, shiftMs);
      if (forming) {
        out.push({
          timeMs: beatMs,
          stream: name,
          json: JSON.stringify(klineEvent(listed, timeframe, forming, beatMs)),
        });
      }
    },
  };
}
