import type { Fill, OrderRecord, OrderRequest, OrderStatus, Settlement } from '../messages.js';

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

const FIRST_ROWS = 64;

/**
 * Every order and every fill of a session, oldest first. What was settled in one go is kept as a row of numbers until
 * somebody reads the lists: in a long backtest the objects of orders would cost more than all that led to them.
 */
export class Journal {
  readonly #orders: OrderRecord[] = [];
  readonly #fills: Fill[] = [];
  #rows = new Float64Array(FIRST_ROWS * WIDTH);
  /** What of each row is no number. */
  readonly #tags: string[] = [];
  readonly #statuses: OrderStatus[] = [];
  readonly #reasons: OrderRecord['reason'][] = [];

  /** Every order ever sent, by id − 1. */
  get orders(): readonly OrderRecord[] {
    if (this.#tags.length > 0) this.#writeOut();
    return this.#orders;
  }

  /** Every fill, by id − 1. */
  get fills(): readonly Fill[] {
    if (this.#tags.length > 0) this.#writeOut();
    return this.#fills;
  }

  /** Notes an order that will go on changing. */
  addOrder(record: OrderRecord): void {
    if (this.#tags.length > 0) this.#writeOut();
    this.#orders.push(record);
  }

  addFill(fill: Fill): void {
    if (this.#tags.length > 0) this.#writeOut();
    this.#fills.push(fill);
  }

  /** Notes a market order together with its end; neither object is kept. */
  addSettled(order: OrderRequest, { status, reason, fill }: Settlement): void {
    const at = this.#tags.length * WIDTH;
    if (at === this.#rows.length) this.#grow();
    const rows = this.#rows;
    rows[at + FLAGS] =
      (order.side === 'buy' ? IS_BUY : 0) |
      (order.wholePosition ? IS_WHOLE_POSITION : 0) |
      (order.reduceOnly ? IS_REDUCING : 0);
    rows[at + ORDER_ID] = order.id;
    rows[at + MARKET] = order.market;
    rows[at + QUANTITY_UNITS] = order.quantityUnits;
    rows[at + SPEND_E8] = order.spendE8;
    rows[at + CREATED_MS] = order.createdMs;
    rows[at + FILLED_UNITS] = fill ? fill.quantityUnits : 0;
    if (fill) {
      rows[at + FILL_ID] = fill.id;
      rows[at + PRICE_UNITS] = fill.priceUnits;
      rows[at + FEE_E8] = fill.feeE8;
      rows[at + SLIPPAGE_QUOTE] = fill.slippageQuote;
      rows[at + TIME_MS] = fill.timeMs;
      rows[at + CANDLE_INDEX] = fill.candleIndex;
    }
    this.#tags.push(order.tag);
    this.#statuses.push(status);
    this.#reasons.push(reason);
  }

  #writeOut(): void {
    const count = this.#tags.length;
    for (let row = 0; row < count; row++) this.#writeOutRow(row);
    this.#tags.length = 0;
    this.#statuses.length = 0;
    this.#reasons.length = 0;
  }

  #writeOutRow(row: number): void {
    const at = row * WIDTH;
    const flags = this.#number(at + FLAGS);
    const request: OrderRequest = {
      id: this.#number(at + ORDER_ID),
      market: this.#number(at + MARKET),
      side: (flags & IS_BUY) !== 0 ? 'buy' : 'sell',
      type: 'market',
      quantityUnits: this.#number(at + QUANTITY_UNITS),
      spendE8: this.#number(at + SPEND_E8),
      wholePosition: (flags & IS_WHOLE_POSITION) !== 0,
      limitUnits: 0,
      stopUnits: 0,
      trail: null,
      trailFromUnits: 0,
      reduceOnly: (flags & IS_REDUCING) !== 0,
      createdMs: this.#number(at + CREATED_MS),
      parentId: 0,
      tag: this.#tags[row]!,
    };
    const filledUnits = this.#number(at + FILLED_UNITS);
    const status = this.#statuses[row]!;
    const reason = this.#reasons[row]!;
    this.#orders.push({ request, status, filledUnits, reducedUnits: 0, reason });
    if (filledUnits === 0) return;
    this.#fills.push({
      id: this.#number(at + FILL_ID),
      orderId: request.id,
      market: request.market,
      side: request.side,
      priceUnits: this.#number(at + PRICE_UNITS),
      quantityUnits: filledUnits,
      feeE8: this.#number(at + FEE_E8),
      liquidity: 'taker',
      slippageQuote: this.#number(at + SLIPPAGE_QUOTE),
      timeMs: this.#number(at + TIME_MS),
      candleIndex: this.#number(at + CANDLE_INDEX),
      tag: request.tag,
    });
  }

  /** Small integers as such: a boxed number would give the object another hidden class than everyone else's. */
  #number(at: number): number {
    const value = this.#rows[at]!;
    const small = value | 0;
    return small === value ? small : value;
  }

  #grow(): void {
    const rows = new Float64Array(this.#rows.length * 2);
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
