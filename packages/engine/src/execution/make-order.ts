import { err, ok, type Result } from '@wickworks/core';
import { priceUnits, quantityUnits, UNITS_MAX, type Instrument } from '../market/instrument.js';
import type { OrderRequest, PlaceIntent, RefusalReason, Trail } from '../messages.js';

/** What the session knows of an order besides the wish. */
export interface OrderFrame {
  readonly id: number;
  readonly market: number;
  readonly createdMs: number;
  readonly parentId: number;
}

/**
 * The order an intent asks for, rounded to tick and lot: quantities down; a buy's limit down and a sell's up, never
 * worse than asked; a stop to the side that trips first. Refused when a price or size is no positive number, or one
 * beyond what the ledger can count.
 */
export function makeOrder(
  intent: PlaceIntent,
  instrument: Instrument,
  frame: OrderFrame,
): Result<OrderRequest, RefusalReason> {
  const isBuy = intent.side === 'buy';
  const { type } = intent;
  const limit = type === 'limit' || type === 'stop-limit' ? intent.limitPrice : null;
  const stop = type === 'stop' || type === 'stop-limit' ? intent.stopPrice : null;
  const trail = type === 'trailing-stop' ? intent.trail : null;
  if ((limit !== null && !isPositive(limit)) || (stop !== null && !isPositive(stop))) return err('bad-price');
  if (trail !== null && !isSoundTrail(trail)) return err('bad-price');
  const { size } = intent;
  const asked = size.kind === 'quantity' ? size.quantity : size.kind === 'spend' ? size.quote : 1;
  if (!isPositive(asked)) return err('bad-size');
  const largest = Math.max(limit ?? 0, stop ?? 0) * instrument.priceScale;
  const amount = size.kind === 'quantity' ? size.quantity * instrument.quantityScale : asked * 1e8;
  if (largest > UNITS_MAX || amount > UNITS_MAX) return err('too-large');
  const quantity = size.kind === 'quantity' ? quantityUnits(instrument, size.quantity) : 0;
  if (size.kind === 'quantity' && quantity === 0) return err('zero-quantity');
  const limitUnits = limit === null ? 0 : priceUnits(instrument, limit, isBuy ? 'down' : 'up');
  const stopUnits = stop === null ? 0 : priceUnits(instrument, stop, isBuy ? 'down' : 'up');
  if ((limit !== null && limitUnits === 0) || (stop !== null && stopUnits === 0)) return err('bad-price');
  return ok({
    id: frame.id,
    market: frame.market,
    side: intent.side,
    type,
    quantityUnits: quantity,
    spendE8: size.kind === 'spend' ? Math.floor(size.quote * 1e8) : 0,
    wholePosition: size.kind === 'position',
    limitUnits,
    stopUnits,
    trail,
    trailFromUnits: 0,
    reduceOnly: intent.reduceOnly === true || size.kind === 'position',
    createdMs: frame.createdMs,
    parentId: frame.parentId,
    tag: intent.tag,
  });
}

/** True for a finite number above zero. */
export const isPositive = (value: number): boolean => value > 0 && value < Infinity;

/** True when the distance is one a trailing stop can keep. */
export const isSoundTrail = (trail: Trail): boolean =>
  trail.kind === 'ratio' ? trail.ratio > 0 && trail.ratio < 1 : isPositive(trail.distance);
