import type { Direction, Side } from '@wickworks/core';

/** What is written anew for each use, so that a long backtest leaves no garbage: whoever keeps it copies it. */
export type Reused<T> = { -readonly [Name in keyof T]: T[Name] };

/** A distance kept to the best price since the order began: a share of it, or so much in quote currency. */
export type Trail =
  { readonly kind: 'ratio'; readonly ratio: number } | { readonly kind: 'distance'; readonly distance: number };

/** How much to trade. `spend`: at most this much quote, fee included; `position`: whatever is held when it fills. */
export type Size =
  | { readonly kind: 'quantity'; readonly quantity: number }
  | { readonly kind: 'spend'; readonly quote: number }
  | { readonly kind: 'position' };

/** A price, or a share of the entry's fill price away from it (always given positive). */
export type Level =
  { readonly kind: 'price'; readonly price: number } | { readonly kind: 'offset'; readonly ratio: number };

/** Take profit of part of an entry; the shares of all rungs add up to 1 at most. */
export interface Rung {
  readonly at: Level;
  readonly share: number;
}

/** Exits placed the moment an entry fills; whichever fills first cancels its counterpart. */
export interface Bracket {
  readonly stop?: Level;
  readonly trail?: Trail;
  readonly targets?: readonly Rung[];
}

interface PlaceBase {
  readonly kind: 'place';
  readonly symbol: string;
  readonly side: Side;
  readonly size: Size;
  /** The rule that fired, for the trade's explanation. */
  readonly tag: string;
  /** Never opens or turns a position. */
  readonly reduceOnly?: boolean;
  readonly bracket?: Bracket;
  /** Orders of one name in one answer: when one fills, the others shrink with it. */
  readonly ocoGroup?: string;
}

/** An order a strategy wishes for. */
export type PlaceIntent = PlaceBase &
  (
    | { readonly type: 'market' }
    | { readonly type: 'limit'; readonly limitPrice: number }
    | { readonly type: 'stop'; readonly stopPrice: number }
    | { readonly type: 'stop-limit'; readonly stopPrice: number; readonly limitPrice: number }
    | { readonly type: 'trailing-stop'; readonly trail: Trail }
  );

export type OrderType = PlaceIntent['type'];

/** What a strategy may answer to a closed candle. */
export type Intent =
  | PlaceIntent
  | { readonly kind: 'cancel'; readonly orderId: number }
  | { readonly kind: 'cancel-all'; readonly symbol: string };

/** An order as it goes to a broker: rounded, in the instrument's integer units. */
export interface OrderRequest {
  readonly id: number;
  /** Index of the market in the session. */
  readonly market: number;
  readonly side: Side;
  readonly type: OrderType;
  /** 0 when the size is known only as it fills (`spendE8`, `wholePosition`). */
  readonly quantityUnits: number;
  /** Most to spend, fee included, in 10^-8 quote; 0 when sized otherwise. */
  readonly spendE8: number;
  readonly wholePosition: boolean;
  /** 0 for types without one, as `stopUnits`. */
  readonly limitUnits: number;
  readonly stopUnits: number;
  readonly trail: Trail | null;
  /** Best price so far of a trailing stop; 0: the first open it sees. */
  readonly trailFromUnits: number;
  readonly reduceOnly: boolean;
  /** When it was decided, ms UTC. */
  readonly createdMs: number;
  /** The order whose fill it protects; 0: none. Such orders stand at the venue and have no latency. */
  readonly parentId: number;
  readonly tag: string;
}

/** One execution. Units are the instrument's; the ledger is computed from them alone. */
export interface Fill {
  readonly id: number;
  readonly orderId: number;
  readonly market: number;
  readonly side: Side;
  readonly priceUnits: number;
  readonly quantityUnits: number;
  /** 10^-8 quote. */
  readonly feeE8: number;
  readonly liquidity: 'maker' | 'taker';
  /** Against the price without slippage, in quote; 0 for a maker. */
  readonly slippageQuote: number;
  /** Time of the trade it happened at, or open time of the (detail) candle it happened in; ms UTC. */
  readonly timeMs: number;
  /** Index of that candle in the market's own columns. */
  readonly candleIndex: number;
  readonly tag: string;
}

/** Why no order, or no longer an order. */
export type RefusalReason =
  | 'unknown-symbol'
  | 'bad-price'
  | 'bad-size'
  | 'bad-bracket'
  | 'zero-quantity'
  | 'below-min-notional'
  /** Beyond what the ledger counts exactly: about 90 million quote an order, 9 × 10^15 units of price or quantity. */
  | 'too-large'
  | 'insufficient-funds'
  | 'nothing-to-reduce'
  | 'shorting-off'
  | 'position-limit'
  | 'trading-off';
export type CancelReason = 'strategy' | 'oco' | 'liquidation' | 'nothing-to-reduce' | 'spent';

/** What a broker answers; each re-enters the session as an event. */
export type BrokerReply =
  /** `isLast`: nothing of the order is left. */
  | { readonly kind: 'fill'; readonly fill: Fill; readonly isLast: boolean }
  | { readonly kind: 'rejected'; readonly orderId: number; readonly reason: RefusalReason }
  | { readonly kind: 'canceled'; readonly orderId: number; readonly reason: CancelReason }
  | {
      readonly kind: 'charge';
      readonly market: number;
      readonly reason: 'funding' | 'borrow' | 'liquidation';
      /** 10^-8 quote; positive is paid, negative received. */
      readonly amountE8: number;
      readonly timeMs: number;
    };

/** All that may happen to a session. A candle event says that the candle at `index` of a market has closed. */
export type SessionEvent =
  | { readonly kind: 'candle'; readonly market: number; readonly index: number; readonly closeMs: number }
  | BrokerReply
  | { readonly kind: 'trading'; readonly on: boolean };

export type OrderStatus = 'working' | 'filled' | 'canceled' | 'rejected';

/** An order and what became of it. */
export interface OrderRecord {
  readonly request: OrderRequest;
  status: OrderStatus;
  filledUnits: number;
  /** Taken off because an order it was grouped with filled. */
  reducedUnits: number;
  /** Why it was rejected or canceled. */
  reason: RefusalReason | CancelReason | null;
}

/** How an order ended. */
export type OrderEnd = Readonly<Pick<OrderRecord, 'status' | 'reason'>>;

/** What became of an order that was settled in one go: its end and its only fill, if there was one. */
export interface Settlement {
  readonly end: OrderEnd;
  readonly fill: Fill | null;
}

/** An intent that never became an order. */
export interface Refusal {
  readonly timeMs: number;
  readonly intent: Intent;
  readonly reason: RefusalReason;
}

/** From flat to flat in one market: everything between an entry and the last exit. Quote currency, ratios. */
export interface RoundTrip {
  readonly symbol: string;
  readonly market: number;
  readonly direction: Direction;
  /** Open times of the candles of the first and the last fill. */
  readonly entryTimeMs: number;
  readonly exitTimeMs: number;
  readonly entryIndex: number;
  readonly exitIndex: number;
  /** Base units entered in all. */
  readonly quantity: number;
  /** Quantity-weighted. */
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** After fees, funding and borrowing; exact in the ledger, here as the nearest float64. */
  readonly pnl: number;
  /** `pnl` over the notional entered. */
  readonly returnRatio: number;
  readonly fees: number;
  /** Funding and borrowing paid (positive) or received. */
  readonly carry: number;
  readonly fillIds: readonly number[];
  readonly entryTag: string;
  readonly exitTag: string;
}

/** A round trip that is still open, as far as it has come; profit at the last mark, before what leaving would cost. */
export type OpenRoundTrip = Omit<RoundTrip, 'exitTimeMs' | 'exitIndex' | 'exitPrice' | 'exitTag'>;
