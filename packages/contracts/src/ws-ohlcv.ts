import * as z from 'zod';
import {
  CandleTuple,
  ConnectionStateName,
  ExchangeId,
  GapTuple,
  SignalActionName,
  SymbolName,
  TimeframeName,
  TimeMs,
} from './candles.js';
import { Problem } from './problem.js';

/** Rules of `/ws/ohlcv`, the same for server, SDK and documentation. */
export const OHLCV_LIMITS = {
  protocol: 1,
  heartbeatMs: 15_000,
  snapshotCandlesMax: 5_000,
  historyCandlesMax: 5_000,
  subscriptionsMax: 128,
  frameBytesMax: 65_536,
  tickerSymbolsMax: 500,
} as const;

/** Close codes beyond RFC 6455's own. */
export const OHLCV_CLOSE = { tooBig: 1009, goingAway: 1001, unauthenticated: 4401, slow: 4008, flood: 4429 } as const;

export const MessageId = z.string().min(1).max(64);
/** How blocks of candles travel: JSON rows, raw float64 columns, or packed columns (docs/websocket.md). */
export const CandleEncoding = z.enum(['json', 'f64', 'packed']);
export type CandleEncoding = z.infer<typeof CandleEncoding>;

/** Strict, as every body that numbers are made of: a misspelt `params` would give the default's numbers. */
export const IndicatorRequest = z.strictObject({
  id: z.string().min(1).max(64),
  /** Name under which values come back; defaults to `id`. */
  as: z.string().min(1).max(64).optional(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional(),
});
export type IndicatorRequest = z.infer<typeof IndicatorRequest>;

export const SubscribeOp = z.strictObject({
  op: z.literal('subscribe'),
  id: MessageId,
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  /** Newest closed candles in the snapshot. */
  limit: z.int().min(1).max(OHLCV_LIMITS.snapshotCandlesMax).default(500),
  indicators: z.array(IndicatorRequest).max(32).optional(),
  strategies: z.array(z.string().min(1).max(64)).max(32).optional(),
  encoding: CandleEncoding.default('json'),
});
export const HistoryOp = z.strictObject({
  op: z.literal('history'),
  id: MessageId,
  subscription: z.string(),
  /** Candles that open before this, newest `limit` of them. */
  before: TimeMs,
  limit: z.int().min(1).max(OHLCV_LIMITS.historyCandlesMax).default(1_000),
  encoding: CandleEncoding.optional(),
});
export const ResumeOp = z.strictObject({
  op: z.literal('resume'),
  id: MessageId,
  resumeToken: z.string().min(1).max(1024),
  /** `seq` of the last stream message that arrived. */
  seq: z.int().nonnegative(),
});
export const UnsubscribeOp = z.strictObject({ op: z.literal('unsubscribe'), id: MessageId, subscription: z.string() });
export const TickersOp = z.strictObject({
  op: z.literal('tickers'),
  id: MessageId,
  exchange: ExchangeId,
  symbols: z.array(SymbolName).min(1).max(OHLCV_LIMITS.tickerSymbolsMax),
});
/** First message where market data is not public and the handshake brought neither cookie nor `Authorization`. */
export const AuthOp = z.strictObject({
  op: z.literal('auth'),
  id: MessageId.optional(),
  token: z.string().min(1).max(4_096),
});
export const PingOp = z.strictObject({ op: z.literal('ping'), id: MessageId });

/** Everything a client may send. */
export const OhlcvClientMessage = z.discriminatedUnion('op', [
  AuthOp,
  SubscribeOp,
  HistoryOp,
  ResumeOp,
  UnsubscribeOp,
  TickersOp,
  PingOp,
]);
export type OhlcvClientMessage = z.infer<typeof OhlcvClientMessage>;
export type OhlcvClientInput = z.input<typeof OhlcvClientMessage>;

const stream = { subscription: z.string(), seq: z.int().nonnegative() };
const Values = z.record(z.string(), z.number().nullable());

export const HelloMessage = z.object({
  kind: z.literal('hello'),
  protocol: z.literal(1),
  serverTimeMs: TimeMs,
  heartbeatMs: z.int().positive(),
});
export const SubscribedMessage = z.object({
  kind: z.literal('subscribed'),
  id: MessageId,
  subscription: z.string(),
  resumeToken: z.string(),
  /** After `resume`: true when the stream goes on behind the client's `seq`, false when a new snapshot follows. */
  resumed: z.boolean().optional(),
  /** The exchange has no such market any more: the candles are what is stored of it, and none will come. */
  unlisted: z.literal(true).optional(),
});
export const UnsubscribedMessage = z.object({
  kind: z.literal('unsubscribed'),
  id: MessageId,
  subscription: z.string(),
});
export const SnapshotMessage = z.object({
  kind: z.literal('snapshot'),
  ...stream,
  candles: z.array(CandleTuple),
  gaps: z.array(GapTuple),
  /** Whether the last of `candles` is still forming. */
  forming: z.boolean(),
  indicators: z.record(z.string(), z.record(z.string(), z.array(z.number().nullable()))).optional(),
});
export const CandleMessage = z.object({
  kind: z.literal('candle'),
  ...stream,
  candle: CandleTuple,
  closed: z.boolean(),
});
export const BackfillMessage = z.object({
  kind: z.literal('backfill'),
  ...stream,
  candles: z.array(CandleTuple),
  gaps: z.array(GapTuple).optional(),
});
/** A closed candle that the exchange changed afterwards; the new values hold from now on. */
export const CorrectionMessage = z.object({
  kind: z.literal('correction'),
  ...stream,
  candle: CandleTuple,
  previous: CandleTuple,
});
export const IndicatorMessage = z.object({
  kind: z.literal('indicator'),
  ...stream,
  id: z.string(),
  openTimeMs: TimeMs,
  values: Values,
  closed: z.boolean(),
});
export const SignalMessage = z.object({
  kind: z.literal('signal'),
  ...stream,
  strategyId: z.string(),
  openTimeMs: TimeMs,
  action: SignalActionName,
  price: z.number(),
  reason: z.string(),
});
export const StatusMessage = z.object({
  kind: z.literal('status'),
  exchange: ExchangeId,
  state: ConnectionStateName,
  sinceMs: TimeMs,
  lastMessageMs: TimeMs.nullable(),
  reason: z.string().optional(),
});
export const HeartbeatMessage = z.object({ kind: z.literal('heartbeat'), serverTimeMs: TimeMs });
export const ErrorMessage = z.object({
  kind: z.literal('error'),
  id: z.string().optional(),
  /** This stream has ended: the exchange no longer has the series. */
  subscription: z.string().optional(),
  problem: Problem,
});
export const HistoryMessage = z.object({
  kind: z.literal('history'),
  id: MessageId,
  subscription: z.string(),
  candles: z.array(CandleTuple),
  gaps: z.array(GapTuple),
  /** True when nothing older exists at the source. */
  complete: z.boolean(),
});
export const PongMessage = z.object({ kind: z.literal('pong'), id: MessageId });

/** `[symbol, last, changeRatio24h, quoteVolume24h, timeMs]`; the ratio is 0.01 for one percent up. */
export const TickerTuple = z
  .tuple([z.string(), z.number(), z.number().nullable(), z.number().nullable(), z.number()])
  .readonly();
export type TickerTuple = z.infer<typeof TickerTuple>;
/** First message of a ticker subscription (`seq` 0) holds every known symbol, later ones those that changed. */
export const TickersMessage = z.object({ kind: z.literal('tickers'), ...stream, tickers: z.array(TickerTuple) });

/** Everything the server may send as text; candle blocks may instead be binary (docs/websocket.md). */
export const OhlcvServerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed-in'), id: MessageId.optional() }),
  HelloMessage,
  SubscribedMessage,
  UnsubscribedMessage,
  SnapshotMessage,
  CandleMessage,
  BackfillMessage,
  CorrectionMessage,
  IndicatorMessage,
  SignalMessage,
  StatusMessage,
  HeartbeatMessage,
  ErrorMessage,
  HistoryMessage,
  PongMessage,
  TickersMessage,
]);
export type OhlcvServerMessage = z.infer<typeof OhlcvServerMessage>;
export type CandleMessage = z.infer<typeof CandleMessage>;
export type CorrectionMessage = z.infer<typeof CorrectionMessage>;
export type IndicatorMessage = z.infer<typeof IndicatorMessage>;
export type SignalMessage = z.infer<typeof SignalMessage>;
export type StatusMessage = z.infer<typeof StatusMessage>;
/** `subscribe` as a client writes it, defaults left out. */
export type SubscribeInput = z.input<typeof SubscribeOp>;
