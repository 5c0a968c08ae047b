import { priceUnits, quantityUnits, UNITS_MAX, type Instrument } from '../market/instrument.js';
import type { Fill, OrderRequest, PlaceIntent, RefusalReason, Reused, Trail } from '../messages.js';

/** An order before anything is known of it. */
export const blankOrder = (): Reused<OrderRequest> => ({
  id: 0,
  market: 0,
  side: 'buy',
  type: 'market',
  quantityUnits: 0,
  spendE8: 0,
  wholePosition: false,
  limitUnits: 0,
  stopUnits: 0,
  trail: null,
  trailFromUnits: 0,
  reduceOnly: false,
  createdMs: 0,
  parentId: 0,
  tag: '',
});

/** A taker's fill before anything is known of it. */
export const blankFill = (): Reused<Fill> => ({
  id: 0,
  orderId: 0,
  market: 0,
  side: 'buy',
  priceUnits: 0,
  quantityUnits: 0,
  feeE8: 0,
  liquidity: 'taker',
  slippageQuote: 0,
  timeMs: 0,
  candleIndex: 0,
  tag: '',
});

/**
 * Writes what an intent asks for into `order`, rounded to tick and lot: quantities down; a buy's limit down and a
 * sell's up, never worse than asked; a stop to the side that trips first. Id, market, time and parent are the caller's.
 * Returns why it is refused when a price or size is no positive number, or one beyond what the ledger can count.
 */
export function makeOrder(
  intent: PlaceIntent,
  instrument: Instrument,
  order: Reused<OrderRequest>,
): RefusalReason | null {
  const isBuy = intent.side === 'buy';
  const { type } = intent;
  const limit = type === 'limit' || type === 'stop-limit' ? intent.limitPrice : null;
  const stop = type === 'stop' || type === 'stop-limit' ? intent.stopPrice : null;
  const trail = type === 'trailing-stop' ? intent.trail : null;
  if ((limit !== null && !isPositive(limit)) || (stop !== null && !isPositive(stop))) return 'bad-price';
  if (trail !== null && !isSoundTrail(trail)) return 'bad-price';
  const { size } = intent;
  const asked = size.kind === 'quantity' ? size.quantity : size.kind === 'spend' ? size.quote : 1;
  if (!isPositive(asked)) return 'bad-size';
  const largest = Math.max(limit ?? 0, stop ?? 0) * instrument.priceScale;
  const amount = size.kind === 'quantity' ? size.quantity * instrument.quantityScale : asked * 1e8;
  if (largest > UNITS_MAX || amount > UNITS_MAX) return 'too-large';
  const quantity = size.kind === 'quantity' ? quantityUnits(instrument, size.quantity) : 0;
  if (size.kind === 'quantity' && quantity === 0) return 'zero-quantity';
  const limitUnits = limit === null ? 0 : priceUnits(instrument, limit, isBuy ? 'down' : 'up');
  const stopUnits = stop === null ? 0 : priceUnits(instrument, stop, isBuy ? 'down' : 'up');
  if ((limit !== null && limitUnits === 0) || (stop !== null && stopUnits === 0)) return 'bad-price';
  order.side = intent.side;
  order.type = type;
  order.quantityUnits = quantity;
  order.spendE8 = size.kind === 'spend' ? Math.floor(size.quote * 1e8) : 0;
  order.wholePosition = size.kind === 'position';
  order.limitUnits = limitUnits;
  order.stopUnits = stopUnits;
  order.trail = trail;
  order.reduceOnly = intent.reduceOnly === true || size.kind === 'position';
  order.tag = intent.tag;
  return null;
}

/** True for a finite number above zero. */
export const isPositive = (value: number): boolean => value > 0 && value < Infinity;

/** True when the distance is one a trailing stop can keep. */
export const isSoundTrail = (trail: Trail): boolean =>
  trail.kind === 'ratio' ? trail.ratio > 0 && trail.ratio < 1 : isPositive(trail.distance);
