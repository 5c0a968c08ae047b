/** Delays of a connection that heals itself, ms. */
export interface LinkTiming {
  /** From dialling to `hello`. */
  readonly connectTimeoutMs: number;
  /** First redial; doubles with every failure up to `redialMaxMs`, then is cut by up to half at random. */
  readonly redialMinMs: number;
  readonly redialMaxMs: number;
  /** A connection that held this long starts over at `redialMinMs`. */
  readonly stableAfterMs: number;
  /** Silence beyond this many heartbeats means a dead peer. */
  readonly silenceHeartbeats: number;
  /** After this much silence the server is asked whether it is there: a dead network closes no socket. */
  readonly probeAfterMs: number;
  /** Answer to that question, or anything else from the server. */
  readonly probeReplyMs: number;
  /** Answer to `history`; the server may have to ask the exchange. */
  readonly replyTimeoutMs: number;
}

export const DEFAULT_TIMING: LinkTiming = {
  connectTimeoutMs: 10_000,
  redialMinMs: 250,
  redialMaxMs: 15_000,
  stableAfterMs: 5_000,
  silenceHeartbeats: 2.5,
  probeAfterMs: 5_000,
  probeReplyMs: 7_500,
  replyTimeoutMs: 30_000,
};

/** Delay before dial number `failures + 1`: doubling, capped, jittered by `random` in `[0, 1)` down to half. */
export function redialDelayMs(timing: LinkTiming, failures: number, random: number): number {
  const full = Math.min(timing.redialMaxMs, timing.redialMinMs * 2 ** Math.min(failures, 30));
  return full * (1 - random / 2);
}
