import { bookChanges, STEP_MS, stepAt, type BookTop, type LevelChange } from '../../book/order-book.js';
import type { ListedMarket } from '../markets.js';
import { bookSnapshot } from '../rest/market-data.js';
import { priceText, quantityText } from '../text.js';
import { newestBeat, type MarketStream, type StreamEvent } from './stream.js';

/** More events than this falling due at once are told as one (fast clocks and jumps). */
const EVENTS_AT_ONCE_MAX = 20;

/**
 * `depth`: changes of the book every `everyMs`. `U` and `u` are the first and last step an event covers;
 * each event's `U` is its predecessor's `u` + 1, also when several are told as one.
 */
export function depthStream(name: string, listed: ListedMarket, everyMs: number): MarketStream {
  const book = listed.book();
  const stride = everyMs / STEP_MS;
  const aligned = (timeMs: number): number => Math.floor(stepAt(timeMs) / stride) * stride;
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      const first = aligned(fromMs);
      const last = aligned(toMs);
      const width = (last - first) / stride > EVENTS_AT_ONCE_MAX ? last - first : stride;
      for (let step = first; step < last; step += width) {
        const { bids, asks } = bookChanges(book.at(step), book.at(step + width));
        const timeMs = (step + width) * STEP_MS;
        const event = {
          e: 'depthUpdate',
          E: timeMs,
          s: listed.id,
          U: step + 1,
          u: step + width,
          b: levelRows(listed, bids),
          a: levelRows(listed, asks),
        };
        out.push({ timeMs, stream: name, json: JSON.stringify(event) });
      }
    },
  };
}

const levelRows = (listed: ListedMarket, changes: readonly LevelChange[]): [string, string][] =>
  changes.map(([price, quantity]) => [priceText(listed, price), quantityText(listed, quantity)]);

/** `depth5`, `depth10`, `depth20`: the top of the book as a whole, every `everyMs`. */
export function partialDepthStream(
  name: string,
  listed: ListedMarket,
  { levels, everyMs }: { levels: number; everyMs: number },
): MarketStream {
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      for (const timeMs of beats(fromMs, toMs, everyMs)) {
        out.push({ timeMs, stream: name, json: JSON.stringify(bookSnapshot(listed, timeMs, levels)) });
      }
    },
  };
}

/** `bookTicker`: the best prices whenever they or their quantities change. */
export function bookTickerStream(name: string, listed: ListedMarket): MarketStream {
  const book = listed.book();
  return {
    name,
    events(fromMs: number, toMs: number, out: StreamEvent[]): void {
      let before = book.topAt(stepAt(fromMs));
      for (const timeMs of beats(fromMs, toMs, STEP_MS)) {
        const top = book.topAt(stepAt(timeMs));
        if (top === undefined) continue;
        if (before === undefined || !sameTop(before, top)) {
          const event = {
            u: top.updateId,
            s: listed.id,
            b: priceText(listed, top.bidPrice),
            B: quantityText(listed, top.bidQuantity),
            a: priceText(listed, top.askPrice),
            A: quantityText(listed, top.askQuantity),
          };
          out.push({ timeMs, stream: name, json: JSON.stringify(event) });
        }
        before = top;
      }
    },
  };
}

const sameTop = (a: BookTop, b: BookTop): boolean =>
  a.bidPrice === b.bidPrice &&
  a.askPrice === b.askPrice &&
  a.bidQuantity === b.bidQuantity &&
  a.askQuantity === b.askQuantity;

/** The beats in `(fromMs, toMs]`, or only the newest when there are too many to tell one by one. */
function beats(fromMs: number, toMs: number, everyMs: number): number[] {
  const newest = newestBeat(fromMs, toMs, everyMs);
  if (newest === undefined) return [];
  const count = Math.floor(newest / everyMs) - Math.floor(fromMs / everyMs);
  if (count > EVENTS_AT_ONCE_MAX) return [newest];
  return Array.from({ length: count }, (_, index) => newest - (count - 1 - index) * everyMs);
}
