import type { Fill, OrderEnd, OrderRecord, OrderRequest, Settlement } from '../messages.js';
import { numberAt, NumberRows } from '../portfolio/number-rows.js';
import { PointerRows } from '../portfolio/pointer-rows.js';

/** Numbers of a row, by place. */
const FLAGS = 0;
const ORDER_ID = 1;
const MARKET = 2;
const QUANTITY_UNITS = 3;
const SPEND_E8 = 4;
const CREATED_MS = 5;
const FILL_ID = 6;
const PRICE_UNITS = 7;
const FILLED_UNITS = 8;
const FEE_E8 = 9;
const SLIPPAGE_QUOTE = 10;
const TIME_MS = 11;
const CANDLE_INDEX = 12;
const WIDTH = 13;

const IS_BUY = 1;
const IS_WHOLE_POSITION = 2;
const IS_REDUCING = 4;

/**
 * Every order and every fill of a session, oldest first. What was settled in one go is kept as a row of numbers until
 * somebody reads the lists: in a long backtest the objects of orders would cost more than all that led to them.
 */
export class Journal {
  readonly #orders: OrderRecord[] = [];
  readonly #fills: Fill[] = [];
  readonly #rows = new NumberRows(WIDTH);
  readonly #tags = new PointerRows<string>();
  readonly #ends = new PointerRows<OrderEnd>();

  /** Every order ever sent, by id − 1. */
  get orders(): readonly OrderRecord[] {
    if (this.#rows.count > 0) this.#writeOut();
    return this.#orders;
  }

  /** Every fill, by id − 1. */
  get fills(): readonly Fill[] {
    if (this.#rows.count > 0) this.#writeOut();
    return this.#fills;
  }

  /** Notes an order that will go on changing. */
  addOrder(record: OrderRecord): void {
    if (this.#rows.count > 0) this.#writeOut();
    this.#orders.push(record);
  }

  addFill(fill: Fill): void {
    if (this.#rows.count > 0) this.#writeOut();
    this.#fills.push(fill);
  }

  /** Notes a market order together with its end; neither object is kept. */
  addSettled(order: OrderRequest, { end, fill }: Settlement): void {
    const cells = this.#rows.add();
    const at = this.#rows.offset;
    cells[at + FLAGS] =
      (order.side === 'buy' ? IS_BUY : 0) |
      (order.wholePosition ? IS_WHOLE_POSITION : 0) |
      (order.reduceOnly ? IS_REDUCING : 0);
    cells[at + ORDER_ID] = order.id;
    cells[at + MARKET] = order.market;
    cells[at + QUANTITY_UNITS] = order.quantityUnits;
    cells[at + SPEND_E8] = order.spendE8;
    cells[at + CREATED_MS] = order.createdMs;
    cells[at + FILLED_UNITS] = fill ? fill.quantityUnits : 0;
    if (fill) {
      cells[at + FILL_ID] = fill.id;
      cells[at + PRICE_UNITS] = fill.priceUnits;
      cells[at + FEE_E8] = fill.feeE8;
      cells[at + SLIPPAGE_QUOTE] = fill.slippageQuote;
      cells[at + TIME_MS] = fill.timeMs;
      cells[at + CANDLE_INDEX] = fill.candleIndex;
    }
    this.#tags.add(order.tag);
    this.#ends.add(end);
  }

  #writeOut(): void {
    const { count } = this.#rows;
    for (let row = 0; row < count; row++) this.#writeOutRow(row);
    this.#rows.clear();
    this.#tags.clear();
    this.#ends.clear();
  }

  #writeOutRow(row: number): void {
    const cells = this.#rows.find(row);
    const at = this.#rows.offset;
    const flags = numberAt(cells, at + FLAGS);
    const request: OrderRequest = {
      id: numberAt(cells, at + ORDER_ID),
      market: numberAt(cells, at + MARKET),
      side: (flags & IS_BUY) !== 0 ? 'buy' : 'sell',
      type: 'market',
      quantityUnits: numberAt(cells, at + QUANTITY_UNITS),
      spendE8: numberAt(cells, at + SPEND_E8),
      wholePosition: (flags & IS_WHOLE_POSITION) !== 0,
      limitUnits: 0,
      stopUnits: 0,
      trail: null,
      trailFromUnits: 0,
      reduceOnly: (flags & IS_REDUCING) !== 0,
      createdMs: numberAt(cells, at + CREATED_MS),
      parentId: 0,
      tag: this.#tags.at(row),
    };
    const filledUnits = numberAt(cells, at + FILLED_UNITS);
    const { status, reason } = this.#ends.at(row);
    this.#orders.push({ request, status, filledUnits, reducedUnits: 0, reason });
    if (filledUnits === 0) return;
    this.#fills.push({
      id: numberAt(cells, at + FILL_ID),
      orderId: request.id,
      market: request.market,
      side: request.side,
      priceUnits: numberAt(cells, at + PRICE_UNITS),
      quantityUnits: filledUnits,
      feeE8: numberAt(cells, at + FEE_E8),
      liquidity: 'taker',
      slippageQuote: numberAt(cells, at + SLIPPAGE_QUOTE),
      timeMs: numberAt(cells, at + TIME_MS),
      candleIndex: numberAt(cells, at + CANDLE_INDEX),
      tag: request.tag,
    });
  }
}
