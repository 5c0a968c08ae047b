import type {
  CandleFrame,
  CandleMessage,
  CorrectionMessage,
  IndicatorMessage,
  Problem,
  SignalMessage,
  StatusMessage,
  SubscribeInput,
} from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import type { ClientFailure } from '../failure.js';

/** What to stream; `encoding` defaults to `packed`, the smallest. */
export type SubscribeRequest = Omit<SubscribeInput, 'op' | 'id'>;

export type SnapshotNews = Extract<CandleFrame, { kind: 'snapshot' }>;
export type BackfillNews = Extract<CandleFrame, { kind: 'backfill' }>;
export type HistoryPage = Extract<CandleFrame, { kind: 'history' }>;
export type CandleNews = CandleMessage;
export type CorrectionNews = CorrectionMessage;
export type IndicatorNews = IndicatorMessage;
export type SignalNews = SignalMessage;

/** Messages of one subscription, in `seq` order and without a hole. */
export type StreamNews = SnapshotNews | CandleNews | BackfillNews | CorrectionNews | IndicatorNews | SignalNews;

/**
 * `waiting`: asked for, or lost and to be taken up again (`problem`: the server refused for now and is asked again);
 * `live`: every message since the snapshot has arrived; `isUnlisted`: the exchange has no such market any more, so that
 * the candles are what the server has stored, and none will come;
 * `failed`: the server refused and asking again would not help; `closed`: unsubscribed.
 */
export type SubscriptionState =
  | { readonly phase: 'waiting'; readonly problem?: Problem }
  | { readonly phase: 'live'; readonly isUnlisted?: true; readonly problem?: never }
  | { readonly phase: 'closed'; readonly problem?: never }
  | { readonly phase: 'failed'; readonly problem: Problem };

/** Called in order of arrival. After a loss either the stream goes on behind the last message or `onSnapshot` comes. */
export interface SubscriptionHandlers {
  readonly onSnapshot?: (news: SnapshotNews) => void;
  readonly onCandle?: (news: CandleNews) => void;
  readonly onBackfill?: (news: BackfillNews) => void;
  readonly onCorrection?: (news: CorrectionNews) => void;
  readonly onIndicator?: (news: IndicatorNews) => void;
  readonly onSignal?: (news: SignalNews) => void;
  /** State of the exchange behind the stream. */
  readonly onStatus?: (status: StatusMessage) => void;
  readonly onState?: (state: SubscriptionState) => void;
}

/** One running subscription, as its owner holds it. */
export interface Subscription {
  readonly state: SubscriptionState;
  /** Candles opening before `before` (ms UTC), the newest `limit` (1..5,000) of them, ascending. */
  history(query: { before: number; limit?: number }): Promise<Result<HistoryPage, ClientFailure>>;
  /** Ends it; no handler is called afterwards. */
  unsubscribe(): void;
}
