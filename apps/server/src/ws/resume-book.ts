import type { SeqLog } from './follower.js';
import type { ResumeClaims } from './resume-token.js';

/** What a subscription leaves behind for a resume. */
export interface ResumeState {
  readonly claims: ResumeClaims;
  readonly log: SeqLog;
}

interface Lost {
  readonly state: ResumeState;
  readonly expiresAtMs: number;
}

/** Beyond this many lost ones the oldest are forgotten: whoever comes and goes must not fill memory. */
const LOST_MAX = 10_000;

/** Subscriptions by their uid: living ones, and those whose connection was lost not long ago. */
export class ResumeBook {
  readonly #keepMs: number;
  readonly #nowMs: () => number;
  readonly #living = new Map<string, { readonly state: ResumeState; readonly detach: () => void }>();
  /** In the order they were lost. */
  readonly #lost = new Map<string, Lost>();

  constructor(input: { keepMs: number; nowMs: () => number }) {
    this.#keepMs = input.keepMs;
    this.#nowMs = input.nowMs;
  }

  /** A subscription lives; `detach` ends it where it is, should it be resumed elsewhere. */
  opened(state: ResumeState, detach: () => void): void {
    this.#living.set(state.claims.uid, { state, detach });
  }

  /** Its connection was lost: the state is kept for a while. */
  lost(uid: string): void {
    const living = this.#living.get(uid);
    if (living) this.putBack(living.state);
  }

  /** A state taken out could not be brought to life now: it is kept for another try. */
  putBack(state: ResumeState): void {
    const { uid } = state.claims;
    this.#living.delete(uid);
    this.#lost.delete(uid);
    this.#lost.set(uid, { state, expiresAtMs: this.#nowMs() + this.#keepMs });
    for (const oldest of this.#lost.keys()) {
      if (this.#lost.size <= LOST_MAX) return;
      this.#lost.delete(oldest);
    }
  }

  /** It ended on purpose. */
  ended(uid: string): void {
    this.#living.delete(uid);
    this.#lost.delete(uid);
  }

  /** Takes the state out; a subscription still living on another connection (a half-dead one) ends there. */
  take(uid: string): ResumeState | null {
    const living = this.#living.get(uid);
    const lost = this.#lost.get(uid);
    this.ended(uid);
    if (living) {
      living.detach();
      return living.state;
    }
    return lost && lost.expiresAtMs > this.#nowMs() ? lost.state : null;
  }

  /** Forgets what is kept too long; call now and then. */
  sweep(): void {
    for (const [uid, lost] of this.#lost) if (lost.expiresAtMs <= this.#nowMs()) this.#lost.delete(uid);
  }
}
