import { lowerBound, type CandleColumns } from '@wickworks/core';
import { decimalText, moneyText } from '../market/decimal-text.js';
import type { Instrument } from '../market/instrument.js';
import type { Series } from '../indicators/kernel/graph.js';
import type { Fill, OpenRoundTrip, OrderRecord, Refusal, RoundTrip } from '../messages.js';
import { excursions } from '../performance/excursions.js';
import type { IndicatorValues, RunFill, RunOrder, RunTrade } from './run-types.js';
import type { WatchedIndicator } from './session.js';

/** What the trades of a run are told from. */
export interface TradeSource {
  readonly instruments: readonly Instrument[];
  readonly candles: readonly CandleColumns[];
  /** By id − 1. */
  readonly fills: readonly Fill[];
  /** By id − 1. */
  readonly orders: readonly OrderRecord[];
  /** By market what its strategy watched, by name. */
  readonly series: readonly ReadonlyMap<string, Series>[];
  /** Where several strategies ran: who trades a market. */
  readonly strategyOf?: (market: number) => string;
}

/** How a trade ended; null: it has not. */
type Exit = Pick<RoundTrip, 'exitTimeMs' | 'exitIndex' | 'exitPrice' | 'exitTag'> | null;

/** A finished round trip as a trade that explains itself. */
export const tradeOf = (trip: RoundTrip, index: number, source: TradeSource): RunTrade =>
  describe(trip, trip, { index, source });

/** A trade that is still open at the end of the data; profit at the last close. */
export const openTradeOf = (trip: OpenRoundTrip, index: number, source: TradeSource): RunTrade =>
  describe(trip, null, { index, source });

// Written out field by field: objects spread together cost several times as much, and there may be many trades.
function describe(
  trip: OpenRoundTrip,
  exit: Exit,
  { index, source }: { index: number; source: TradeSource },
): RunTrade {
  const { market } = trip;
  const instrument = source.instruments[market]!;
  const candles = source.candles[market]!;
  const fills = trip.fillIds.map((id) => source.fills[id - 1]!);
  const { adverseRatio, favourableRatio } = excursions(trip, exit?.exitIndex ?? candles.length - 1, candles);
  const strategyId = source.strategyOf?.(market);
  const trade: RunTrade = {
    index,
    symbol: trip.symbol,
    direction: trip.direction,
    entryTimeMs: trip.entryTimeMs,
    exitTimeMs: exit === null ? null : exit.exitTimeMs,
    quantity: decimalText(Math.round(trip.quantity * instrument.quantityScale), instrument.quantityDecimals),
    entryPrice: trip.entryPrice,
    exitPrice: exit === null ? null : exit.exitPrice,
    pnl: moneyText(trip.pnl),
    returnRatio: trip.returnRatio,
    fees: moneyText(trip.fees),
    carry: moneyText(trip.carry),
    maeRatio: adverseRatio,
    mfeRatio: favourableRatio,
    entryReason: trip.entryTag,
    exitReason: exit === null ? null : exit.exitTag,
    entryValues: valuesAt(source, market, decidedAt(fills[0]!, source)),
    exitValues: exit === null ? {} : valuesAt(source, market, decidedAt(fills.at(-1)!, source)),
    fills: fills.map((fill) => fillOf(fill, instrument, strategyId)),
  };
  return strategyId === undefined ? trade : { ...trade, strategyId };
}

/**
 * Index of the candle at whose close the order behind a fill was decided. An exit that stood at the venue (a stop, a
 * target) and a liquidation were decided by the price itself: then it is the last candle closed before the fill.
 */
function decidedAt(fill: Fill, { orders, candles }: TradeSource): number {
  const request = fill.orderId === 0 ? null : orders[fill.orderId - 1]!.request;
  if (request === null || request.parentId > 0) return fill.candleIndex - 1;
  return lowerBound(candles[fill.market]!, request.createdMs) - 1;
}

/** What a strategy watched in a market: by an indicator's name if it has one output, else by name and output. */
export function seriesIn(market: number, watched: readonly WatchedIndicator[]): Map<string, Series> {
  const named = new Map<string, Series>();
  for (const { name, outputs, market: own } of watched) {
    if (own !== market) continue;
    const entries = Object.entries(outputs);
    for (const [output, series] of entries) named.set(entries.length === 1 ? name : `${name}.${output}`, series);
  }
  return named;
}

function valuesAt({ series }: TradeSource, market: number, index: number): IndicatorValues {
  const values: Record<string, number | null> = {};
  for (const [name, { values: column }] of series[market]!) {
    const value = index >= 0 ? column[index]! : NaN;
    values[name] = Number.isNaN(value) ? null : value;
  }
  return values;
}

const fillOf = (fill: Fill, instrument: Instrument, strategyId: string | undefined): RunFill => ({
  id: fill.id,
  orderId: fill.orderId,
  side: fill.side,
  price: decimalText(fill.priceUnits, instrument.priceDecimals),
  quantity: decimalText(fill.quantityUnits, instrument.quantityDecimals),
  fee: decimalText(fill.feeE8, 8),
  liquidity: fill.liquidity,
  timeMs: fill.timeMs,
  reason: fill.tag,
  ...(strategyId !== undefined && { strategyId }),
});

/** An order and what became of it. */
export function orderOf(
  { request, status, filledUnits, reason }: OrderRecord,
  { instruments, strategyOf }: Pick<TradeSource, 'instruments' | 'strategyOf'>,
): RunOrder {
  const instrument = instruments[request.market]!;
  const { priceDecimals, quantityDecimals } = instrument;
  return {
    id: request.id,
    symbol: instrument.symbol,
    side: request.side,
    type: request.type,
    status,
    quantity: textUnlessZero(request.quantityUnits, quantityDecimals),
    filledQuantity: decimalText(filledUnits, quantityDecimals),
    limitPrice: textUnlessZero(request.limitUnits, priceDecimals),
    stopPrice: textUnlessZero(request.stopUnits, priceDecimals),
    reduceOnly: request.reduceOnly,
    createdMs: request.createdMs,
    tag: request.tag,
    reason,
    ...(strategyOf && { strategyId: strategyOf(request.market) }),
  };
}

const textUnlessZero = (units: number, decimals: number): string | null =>
  units === 0 ? null : decimalText(units, decimals);

/** A wish that never became an order; null for one that asked for no order. */
export function refusalOf({ timeMs, intent, reason }: Refusal): RunOrder | null {
  if (intent.kind !== 'place') return null;
  const { size } = intent;
  return {
    id: 0,
    symbol: intent.symbol,
    side: intent.side,
    type: intent.type,
    status: 'refused',
    quantity: size.kind === 'quantity' && Number.isFinite(size.quantity) ? moneyText(size.quantity) : null,
    filledQuantity: '0',
    limitPrice: 'limitPrice' in intent && Number.isFinite(intent.limitPrice) ? moneyText(intent.limitPrice) : null,
    stopPrice: 'stopPrice' in intent && Number.isFinite(intent.stopPrice) ? moneyText(intent.stopPrice) : null,
    reduceOnly: intent.reduceOnly === true,
    createdMs: timeMs,
    tag: intent.tag,
    reason,
  };
}
