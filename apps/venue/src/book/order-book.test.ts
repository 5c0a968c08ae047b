import { Candles } from '@wickworks/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildGrid } from '../replay/candle-grid.js';
import { Market } from '../replay/market.js';
import { bookChanges, OrderBook, type Book, type BookSide } from './order-book.js';

const candles = new Candles();
for (let minute = 0; minute < 1_440; minute++) {
  const open = 60_000 + Math.round(900 * Math.sin(minute / 9));
  const close = 60_000 + Math.round(900 * Math.sin((minute + 1) / 9));
  candles.push([minute * 60_000, open, Math.max(open, close) + 40, Math.min(open, close) - 40, close, 7_000]);
}
const file = { candles, priceDecimals: 0, volumeDecimals: 0 };
const grid = buildGrid(file, {
  timeframe: '1m',
  priceDecimals: 0,
  quantityDecimals: 0,
  fillHolesUpToMs: 0,
  wholeDays: true,
});
const market = new Market({ symbol: 'A/B', seed: 1, repeats: true, grid, realTrades: new Map() });
const bookOf = (): OrderBook => new OrderBook(market);
const steps = fc.integer({ min: 0, max: 30 * 864_000 });

const levels = (side: BookSide): [number, number][] =>
  Array.from({ length: side.length }, (_, index) => [Number(side.price[index]), Number(side.quantity[index])]);

function applied(book: Book, to: Book): { bids: [number, number][]; asks: [number, number][] } {
  const changes = bookChanges(book, to);
  const apply = (side: BookSide, rows: readonly (readonly [number, number])[]): [number, number][] => {
    const map = new Map(levels(side));
    for (const [price, quantity] of rows) {
      if (quantity === 0) map.delete(price);
      else map.set(price, quantity);
    }
    return [...map];
  };
  return {
    bids: apply(book.bids, changes.bids).sort((a, b) => b[0] - a[0]),
    asks: apply(book.asks, changes.asks).sort((a, b) => a[0] - b[0]),
  };
}

it('a book and the changes since make the later book, at any distance', () => {
  fc.assert(
    fc.property(steps, fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 5_000 })), (step, width) => {
      const from = bookOf().at(step);
      const to = bookOf().at(step + width);
      expect(applied(from, to)).toEqual({ bids: levels(to.bids), asks: levels(to.asks) });
    }),
  );
});

it('stands around the last price: best bid below best ask, the last trade at one of them, sides sorted', () => {
  fc.assert(
    fc.property(steps, (step) => {
      const { bids, asks } = bookOf().at(step);
      const last = market.lastPrice(step * 100);
      expect(asks.price[0]).toBe(Number(bids.price[0]) + 1);
      expect([bids.price[0], asks.price[0]]).toContain(last);
      for (const [side, direction] of [
        [bids, -1],
        [asks, 1],
      ] as const) {
        expect(side.length).toBe(1_000);
        const rows = levels(side);
        rows.forEach(([price, quantity], index) => {
          if (quantity < 1 || (index > 0 && (price - Number(rows[index - 1]?.[0])) * direction <= 0)) {
            throw new Error(`level ${index} is out of order`);
          }
        });
      }
      expect(bookOf().topAt(step)).toEqual({
        updateId: step,
        bidPrice: bids.price[0],
        bidQuantity: bids.quantity[0],
        askPrice: asks.price[0],
        askQuantity: asks.quantity[0],
      });
    }),
    { numRuns: 30 },
  );
});

it('changes little from step to step while the price stands', () => {
  const step = 6_000_000;
  const changes = bookChanges(bookOf().at(step), bookOf().at(step + 1));
  expect(changes.bids.length + changes.asks.length).toBeLessThan(60);
});

it('is empty before the source begins', () => {
  expect(bookOf().at(-5).bids.length).toBe(0);
  expect(bookOf().topAt(-5)).toBeUndefined();
});
