import type { SignalView } from '@wickworks/contracts';
import type { CandleRow, Gap } from '@wickworks/core';
import type { IndicatorValues } from '../feed/indicator-track.js';
import type { SeriesEvent } from '../feed/series-event.js';

/**
 * One stream message without its `subscription` and `seq`, which differ per client: `kind`, and the JSON text from
 * the comma after `seq` to the closing brace.
 */
export interface StreamBody {
  readonly kind: 'candle' | 'backfill' | 'correction' | 'indicator' | 'signal';
  readonly tail: string;
  /** A newer one replaces it: may be left out for a client that lags. */
  readonly isForming: boolean;
  /** Open time of the newest closed candle a client knows once it has this message; `null` when it tells of none. */
  readonly closedMs: number | null;
}

/** The stream message that announces `event`; `undefined` for a failure, which is no stream message. */
export function streamBodyOf(event: SeriesEvent): StreamBody | undefined {
  switch (event.kind) {
    case 'forming':
      return candleBody(event.candle, false);
    case 'closed':
      return candleBody(event.candle, true);
    case 'backfill':
      return backfillBody(event.candles, event.gaps);
    case 'correction': {
      const { candle, previous } = event;
      const tail = `,"candle":${JSON.stringify(candle)},"previous":${JSON.stringify(previous)}}`;
      return { kind: 'correction', tail, isForming: false, closedMs: null };
    }
    case 'failed':
      return undefined;
  }
}

/** A `candle` message. */
export function candleBody(candle: CandleRow, isClosed: boolean): StreamBody {
  const [time, open, high, low, close, volume] = candle;
  const tail = `,"candle":[${time},${open},${high},${low},${close},${volume}],"closed":${isClosed ? 'true' : 'false'}}`;
  return { kind: 'candle', tail, isForming: !isClosed, closedMs: isClosed ? time : null };
}

/** A `backfill` message. */
export function backfillBody(candles: readonly CandleRow[], gaps: readonly Gap[]): StreamBody {
  const gapText = gaps.length > 0 ? `,"gaps":${JSON.stringify(gaps)}` : '';
  const tail = `,"candles":${JSON.stringify(candles)}${gapText}}`;
  return { kind: 'backfill', tail, isForming: false, closedMs: candles.at(-1)?.[0] ?? null };
}

/** An `indicator` message. */
export function indicatorBody({ name, openTimeMs, values, isClosed }: IndicatorValues): StreamBody {
  const head = `,"id":${JSON.stringify(name)},"openTimeMs":${openTimeMs}`;
  const tail = `${head},"values":${JSON.stringify(values)},"closed":${isClosed ? 'true' : 'false'}}`;
  return { kind: 'indicator', tail, isForming: !isClosed, closedMs: null };
}

/** A `signal` message. */
export function signalBody({ strategyId, openTimeMs, action, price, reason }: SignalView): StreamBody {
  const tail = `,${JSON.stringify({ strategyId, openTimeMs, action, price, reason }).slice(1)}`;
  return { kind: 'signal', tail, isForming: false, closedMs: null };
}

/** The whole message of `body` for one subscription. */
export const streamText = (body: StreamBody, subscription: string, seq: number): string =>
  `{"kind":"${body.kind}","subscription":"${subscription}","seq":${seq}${body.tail}`;
