import type { Fill, OrderEnd, OrderRecord, OrderRequest } from '../messages.js';
import type { ColumnSource } from '../market/run-memory.js';
import { numberAt, NumberRows } from '../portfolio/number-rows.js';
import { NumberedThings } from '../portfolio/numbered-things.js';

/** Numbers of a row, by place. Ids are not among them: orders and fills are counted. */
const FLAGS = 0;
const MARKET = 1;
const TAG = 2;
/** Units of the quantity, or what may be spent in 10^-8 quote. */
const SIZE = 3;
const CREATED_MS = 4;
const PRICE_UNITS = 5;
const FILLED_UNITS = 6;
const FEE_E8 = 7;
const SLIPPAGE_QUOTE = 8;
const TIME_MS = 9;
const CANDLE_INDEX = 10;
const WIDTH = 11;

const IS_BUY = 1;
const IS_WHOLE_POSITION = 2;
const IS_REDUCING = 4;
const IS_SPENDING = 8;
/** How it ended stands above the other flags. */
const END_BITS = 4;

/**
 * Every order and every fill of a session, oldest first. What was settled in one go is kept as a row of numbers until
 * somebody reads the lists: in a long backtest the objects of orders would cost more than all that led to them.
 */
export class Journal {
  readonly #orders: OrderRecord[] = [];
  readonly #fills: Fill[] = [];
  readonly #rows: NumberRows;
  readonly #tags = new NumberedThings<string>();
  readonly #ends = new NumberedThings<OrderEnd>();

  constructor(memory?: ColumnSource) {
    this.#rows = new NumberRows(WIDTH, memory);
  }

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
  addSettled(order: OrderRequest, end: OrderEnd, fill: Fill | null): void {
    const cells = this.#rows.add();
    const at = this.#rows.offset;
    cells[at + FLAGS] =
      (order.side === 'buy' ? IS_BUY : 0) |
      (order.wholePosition ? IS_WHOLE_POSITION : 0) |
      (order.reduceOnly ? IS_REDUCING : 0) |
      (order.spendE8 > 0 ? IS_SPENDING : 0) |
      (this.#ends.numberOf(end) << END_BITS);
    cells[at + MARKET] = order.market;
    cells[at + TAG] = this.#tags.numberOf(order.tag);
    cells[at + SIZE] = order.spendE8 > 0 ? order.spendE8 : order.quantityUnits;
    cells[at + CREATED_MS] = order.createdMs;
    cells[at + FILLED_UNITS] = fill ? fill.quantityUnits : 0;
    if (fill) {
      cells[at + PRICE_UNITS] = fill.priceUnits;
      cells[at + FEE_E8] = fill.feeE8;
      cells[at + SLIPPAGE_QUOTE] = fill.slippageQuote;
      cells[at + TIME_MS] = fill.timeMs;
      cells[at + CANDLE_INDEX] = fill.candleIndex;
    }
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
    const size = numberAt(cells, at + SIZE);
    const isSpending = (flags & IS_SPENDING) !== 0;
    const request: OrderRequest = {
      id: this.#orders.length + 1,
      market: numberAt(cells, at + MARKET),
      side: (flags & IS_BUY) !== 0 ? 'buy' : 'sell',
      type: 'market',
      quantityUnits: isSpending ? 0 : size,
      spendE8: isSpending ? size : 0,
      wholePosition: (flags & IS_WHOLE_POSITION) !== 0,
      limitUnits: 0,
      stopUnits: 0,
      trail: null,
      trailFromUnits: 0,
      reduceOnly: (flags & IS_REDUCING) !== 0,
      createdMs: numberAt(cells, at + CREATED_MS),
      parentId: 0,
      tag: this.#tags.at(numberAt(cells, at + TAG)),
    };
    const filledUnits = numberAt(cells, at + FILLED_UNITS);
    const { status, reason } = this.#ends.at(flags >> END_BITS);
    this.#orders.push({ request, status, filledUnits, reducedUnits: 0, reason });
    if (filledUnits === 0) return;
    this.#fills.push({
      id: this.#fills.length + 1,
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
