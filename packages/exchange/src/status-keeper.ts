import type { ConnectionState } from '@wickworks/core';

/** What the judgement of a connection rests on besides what the keeper was told. */
export interface WatchState {
  /** True while anything is expected to arrive. */
  readonly watching: boolean;
  /** True when no watched series is known to miss anything. */
  readonly healed: boolean;
  /** A series whose stream is silent though the exchange trades, in words. */
  readonly mute: string | null;
}

export interface Verdict {
  readonly state: ConnectionState;
  readonly reason: string;
}

/**
 * Judges a connection: silent for three cadences is `stale`, a lost socket or a failed dial `down`, and after
 * either it is `live` again only once news arrived and every watched series is healed. Times are of any one
 * monotonic clock; nothing here reads one.
 */
export class StatusKeeper {
  readonly #staleAfterMs: number;
  #verdict: Verdict = { state: 'connecting', reason: 'loading markets' };
  #loaded = false;
  #fault: string | null = null;
  #heardMs: number | null = null;
  #watchingSinceMs: number | null = null;
  #unhealedSinceMs: number | null = null;
  /** News before this moment does not count: the connection broke since. */
  #brokenMs = -Infinity;

  constructor(cadenceMs: number) {
    this.#staleAfterMs = 3 * cadenceMs;
  }

  get staleAfterMs(): number {
    return this.#staleAfterMs;
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  loaded(): void {
    this.#loaded = true;
    this.#fault = null;
  }

  /** The connection is known to be lost, or could not be made. */
  lost(reason: string, nowMs: number): void {
    this.#fault = reason;
    this.#brokenMs = nowMs;
  }

  /** A socket is up again; it still has to speak. */
  connected(): void {
    this.#fault = null;
  }

  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /** How long nothing was heard though something is watched, in ms. */
  silentForMs(nowMs: number): number {
    if (this.#watchingSinceMs === null) return 0;
    return nowMs - Math.max(this.#heardMs ?? -Infinity, this.#watchingSinceMs);
  }

  /** Judges anew; returns the verdict when it changed. */
  judge(watch: WatchState, nowMs: number): Verdict | null {
    this.#watchingSinceMs = watch.watching ? (this.#watchingSinceMs ?? nowMs) : null;
    this.#unhealedSinceMs = watch.healed ? null : (this.#unhealedSinceMs ?? nowMs);
    const next = this.#next(watch, nowMs);
    const hasChanged = next.state !== this.#verdict.state;
    this.#verdict = next;
    return hasChanged ? next : null;
  }

  #next(watch: WatchState, nowMs: number): Verdict {
    if (this.#fault !== null) return { state: 'down', reason: this.#fault };
    if (!this.#loaded) return { state: 'connecting', reason: 'loading markets' };
    if (!watch.watching) return { state: 'live', reason: 'connected, nothing watched' };
    const silentMs = this.silentForMs(nowMs);
    if (silentMs > this.#staleAfterMs) return { state: 'stale', reason: `no news for ${seconds(silentMs)}` };
    if (watch.mute !== null) return { state: 'stale', reason: `${watch.mute}: no news though the exchange trades` };
    if (this.#unhealedSinceMs !== null && nowMs - this.#unhealedSinceMs > this.#staleAfterMs) {
      return { state: 'stale', reason: `candles missing for ${seconds(nowMs - this.#unhealedSinceMs)}, asking REST` };
    }
    const heardSince = this.#heardMs !== null && this.#heardMs > this.#brokenMs;
    if (this.#verdict.state === 'live' || (heardSince && watch.healed)) {
      return { state: 'live', reason: 'news arrives, nothing is missing' };
    }
    return this.#verdict;
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
