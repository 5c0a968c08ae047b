import type { SeqLog } from './follower.js';
import type { ResumeClaims } from './resume-token.js';

/** What a subscription leaves behind for a resume. */
export interface ResumeState {
  readonly claims: ResumeClaims;
  readonly log: SeqLog;
}

interface Kept {
  readonly state: ResumeState;
  /** Ends the subscription where it still lives; `undefined` once it is gone. */
  readonly detach: (() => void) | undefined;
  readonly expiresAtMs: number;
}

/** Subscriptions by their uid: living ones, and those whose connection was lost not long ago. */
export class ResumeBook {
  readonly #keepMs: number;
  readonly #nowMs: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(input: { keepMs: number; nowMs: () => number }) {
    this.#keepMs = input.keepMs;
    this.#nowMs = input.nowMs;
  }

  /** A subscription lives; `detach` ends it where it is, should it be resumed elsewhere. */
  opened(state: ResumeState, detach: () => void): void {
    this.#kept.set(state.claims.uid, { state, detach, expiresAtMs: Infinity });
  }

  /** Its connection was lost: the state is kept for a while. */
  lost(uid: string): void {
    const kept = this.#kept.get(uid);
    if (kept) this.putBack(kept.state);
  }

  /** A state taken out could not be brought to life now: it is kept for another try. */
  putBack(state: ResumeState): void {
    this.#kept.set(state.claims.uid, { state, detach: undefined, expiresAtMs: this.#nowMs() + this.#keepMs });
  }

  /** It ended on purpose. */
  ended(uid: string): void {
    this.#kept.delete(uid);
  }

  /** Takes the state out; a subscription still living on another connection (a half-dead one) ends there. */
  take(uid: string): ResumeState | null {
    const kept = this.#kept.get(uid);
    if (!kept) return null;
    this.#kept.delete(uid);
    if (kept.expiresAtMs <= this.#nowMs()) return null;
    kept.detach?.();
    return kept.state;
  }

  /** Forgets what is kept too long; call now and then. */
  sweep(): void {
    for (const [uid, kept] of this.#kept) if (kept.expiresAtMs <= this.#nowMs()) this.#kept.delete(uid);
  }
}
