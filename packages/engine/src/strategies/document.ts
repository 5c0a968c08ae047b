import type { Timeframe } from '@wickworks/core';
import type { ChoiceParam, FlagParam, NumberParam } from '../indicators/params.js';

/*
 * A strategy written as rules. The wire's schema of the same shape is in packages/contracts/src/strategies.ts;
 * docs/strategies.md explains every field. Ratios are ratios (0.02 is two percent), times UTC, counts candles of
 * the strategy's own timeframe.
 */

/** A number, or the name of a numeric parameter, `"$period"`. */
export type Amount = number | string;

/**
 * A number at a candle: a constant; a candle field (`"close"`, `"hl2"`, `"hour"`); an indicator's output (`"rsi"`,
 * `"macd.signal"`); a parameter (`"$level"`); a fact of the account (`"@profit"`); or an operation on others.
 */
export type Expression =
  | number
  | string
  | { readonly ago: Amount; readonly of: Expression }
  | { readonly add: readonly Expression[] }
  | { readonly sub: readonly [Expression, Expression] }
  | { readonly mul: readonly Expression[] }
  | { readonly div: readonly [Expression, Expression] }
  | { readonly min: readonly Expression[] }
  | { readonly max: readonly Expression[] }
  | { readonly abs: Expression }
  | { readonly highest: Expression; readonly over: Amount }
  | { readonly lowest: Expression; readonly over: Amount }
  | { readonly since: Condition };

export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** True or false at a candle. A string names one of the document's `conditions`. */
export type Condition =
  | string
  | { readonly compare: readonly [Expression, Comparison, Expression] }
  | { readonly crossesAbove: readonly [Expression, Expression] }
  | { readonly crossesBelow: readonly [Expression, Expression] }
  | { readonly rising: Expression; readonly over: Amount }
  | { readonly falling: Expression; readonly over: Amount }
  | { readonly between: readonly [Expression, Expression, Expression] }
  | { readonly within: Amount; readonly of: Condition }
  | { readonly during: Amount; readonly of: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly atLeast: Amount; readonly of: readonly Condition[] }
  | { readonly time: TimeWindow };

/** A window of the day and week, UTC, by the open of the candle; `from` after `to` goes over midnight. */
export interface TimeWindow {
  /** `"HH:MM"`, inclusive. */
  readonly from?: string | undefined;
  /** `"HH:MM"`, exclusive. */
  readonly to?: string | undefined;
  /** 1 is Monday, 7 Sunday. */
  readonly weekdays?: readonly number[] | undefined;
}

/** An indicator by name. */
export interface IndicatorUse {
  readonly id: string;
  /** Values may name parameters, `"$period"`. */
  readonly params?: Readonly<Record<string, number | string | boolean>> | undefined;
  /** The strategy's own, or a longer one: then only its closed candles are seen. */
  readonly timeframe?: Timeframe | undefined;
  /** The traded symbol, or another one of the run. */
  readonly symbol?: string | undefined;
}

/** A distance from a price: a share of it, or a multiple of the average true range. */
export type DistanceSpec =
  | { readonly kind: 'ratio'; readonly ratio: Amount }
  | { readonly kind: 'atr'; readonly period: Amount; readonly multiple: Amount };

/** A price: an expression, or an offset (ratio) from the close. Canceled after `expiresAfter` candles; default 1. */
interface PricedOrder {
  readonly price?: Expression | undefined;
  readonly offset?: Amount | undefined;
  readonly expiresAfter?: Amount | undefined;
}

/** How an order is placed. A limit's offset lies on the better side of the close, a stop's beyond it. */
export type OrderSpec =
  | { readonly type: 'market' }
  | ({ readonly type: 'limit' } & PricedOrder)
  | ({ readonly type: 'stop' } & PricedOrder)
  | ({
      readonly type: 'stop-limit';
      /** The worst price it may fill at: an expression, or an offset (ratio) beyond the stop. */
      readonly limitPrice?: Expression | undefined;
      readonly limitOffset?: Amount | undefined;
    } & PricedOrder)
  | {
      readonly type: 'trailing-stop';
      /** Kept to the best price since the order began: to buy, the lowest; to sell, the highest. */
      readonly trail: DistanceSpec;
      /** Said in every case: one candle is no time to trail in. */
      readonly expiresAfter: Amount;
    };

/** A rule that places an order. */
export interface Rule {
  readonly when: Condition;
  /** Shown as the reason of the trade; default: the name of the condition. */
  readonly label?: string | undefined;
  readonly order?: OrderSpec | undefined;
}

/** How much to buy or sell. */
export type SizeSpec =
  /** So much quote currency. */
  | { readonly kind: 'quote'; readonly amount: Amount }
  | { readonly kind: 'quantity'; readonly amount: Amount }
  /** A share of equity. */
  | { readonly kind: 'equity'; readonly ratio: Amount }
  /** The loss at the stop is this share of equity. */
  | { readonly kind: 'risk'; readonly ratio: Amount }
  /** A position whose volatility a year is this share of equity, by the last `period` candles. */
  | { readonly kind: 'volatility'; readonly targetRatio: Amount; readonly period: Amount }
  /** `fraction` of the Kelly share of the trades so far, at most `cap`; `cap` × `fraction` until there are `tradesMin`. */
  | { readonly kind: 'kelly'; readonly fraction: Amount; readonly cap: Amount; readonly tradesMin: Amount };

/** A distance from the entry, or a price. */
export type LevelSpec = DistanceSpec | { readonly kind: 'price'; readonly price: Expression };

export type TargetSpec = (LevelSpec | { readonly kind: 'risk'; readonly multiple: Amount }) & {
  /** Part of the entry that is closed here; targets without one share the rest equally. */
  readonly share?: Amount | undefined;
};

export type TrailSpec = DistanceSpec & {
  /** Begins once the profit at a close is this; default: with the entry. */
  readonly from?: Amount | undefined;
};

/** A pause for new entries. Counts are candles of the strategy, looked at per market. */
export type Protection =
  /** `losses` stop-losses (any kind of stop that lost) within `within` candles. */
  | { readonly kind: 'stop-loss-guard'; readonly losses: Amount; readonly within: Amount; readonly pause: Amount }
  /** Closed trades of the last `within` candles lost `ratio` of the equity from their peak. All markets together. */
  | { readonly kind: 'max-drawdown'; readonly ratio: Amount; readonly within: Amount; readonly pause: Amount }
  /** `trades` or more within `within` candles made less than `returnRatio` together. */
  | {
      readonly kind: 'low-profit';
      readonly trades: Amount;
      readonly within: Amount;
      readonly returnRatio: Amount;
      readonly pause: Amount;
    };

export type StrategyParam = NumberParam | ChoiceParam | FlagParam;

/** A whole strategy. */
export interface StrategyDocument {
  readonly schema: 1;
  readonly name: string;
  readonly description?: string | undefined;
  readonly timeframe: Timeframe;
  readonly params: Readonly<Record<string, StrategyParam>>;
  readonly indicators: Readonly<Record<string, IndicatorUse>>;
  /** Named, to be used by name in others; their names become the reasons of trades. */
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly entry: { readonly long?: Rule | undefined; readonly short?: Rule | undefined };
  readonly exit: { readonly long?: Rule | undefined; readonly short?: Rule | undefined };
  /** What an entry signal against the open position does; default `reverse`. */
  readonly opposite?: 'ignore' | 'close' | 'reverse' | undefined;
  readonly size: SizeSpec;
  readonly stopLoss?: LevelSpec | undefined;
  readonly takeProfit?: readonly TargetSpec[] | undefined;
  readonly trailingStop?: TrailSpec | undefined;
  /** Once a candle was this far in profit, a stop stands at the entry price plus `offset`. */
  readonly breakEven?: { readonly at: Amount; readonly offset?: Amount | undefined } | undefined;
  /** Closes after so many candles. */
  readonly timeStop?: { readonly candles: Amount } | undefined;
  /** Closes when the profit at a close is `ratio` or more, `after` candles from the entry on. */
  readonly roi?: readonly { readonly after: Amount; readonly ratio: Amount }[] | undefined;
  /** Further entries in the direction of the position; `step`: how far the close must have gone since the last one. */
  readonly pyramiding?:
    | {
        readonly entriesMax: Amount;
        readonly step?: Amount | undefined;
        /** Adds when the price went against the position instead of with it. */
        readonly averageDown?: boolean | undefined;
      }
    | undefined;
  /** No entry for so many candles after a trade, or after a losing one. */
  readonly cooldown?: { readonly candles?: Amount | undefined; readonly afterLoss?: Amount | undefined } | undefined;
  readonly protections?: readonly Protection[] | undefined;
  /** Markets that are traded; default: all of the run. The others only lend their indicators. */
  readonly trade?: readonly string[] | undefined;
}

/** One thing that is wrong: a dotted path into the document and what was expected there. */
export interface StrategyIssue {
  readonly path: string;
  readonly message: string;
}
