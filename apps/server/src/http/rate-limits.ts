import type { Response } from 'express';
import type { RateClass } from '@wickworks/contracts';
import { refuse } from '../wire/problem.js';
import { RefusedError } from './problems.js';

/** Whose requests are counted: of one address whatever it asks, or of one subject (key, session, else address) by class. */
export type RateName = RateClass | 'address';

const WINDOW_MS = 60_000;
/** Beyond this many subjects in one window the oldest are forgotten: an attacker's addresses must not fill memory. */
const SUBJECTS_MAX = 50_000;

interface Window {
  readonly startMs: number;
  count: number;
}

/** Counts requests in windows of a minute, in memory. */
export class RateLimits {
  readonly #nowMs: () => number;
  readonly #limitOf: (rate: RateName) => number;
  readonly #windows = new Map<string, Window>();

  /** `limitOf` gives the requests a minute as they are allowed now. */
  constructor(nowMs: () => number, limitOf: (rate: RateName) => number) {
    this.#nowMs = nowMs;
    this.#limitOf = limitOf;
  }

  /** Counts one request and tells the limits (`RateLimit-*`); throws the refusal (429) of one too many. */
  count(response: Response, { rate, subject }: { rate: RateName; subject: string }): void {
    const limit = this.#limitOf(rate);
    const nowMs = this.#nowMs();
    const window = this.#window(`${rate} ${subject}`, nowMs);
    window.count++;
    const resetSeconds = Math.max(1, Math.ceil((window.startMs + WINDOW_MS - nowMs) / 1_000));
    response.set({
      'RateLimit-Policy': `${limit};w=${WINDOW_MS / 1_000}`,
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(Math.max(0, limit - window.count)),
      'RateLimit-Reset': String(resetSeconds),
    });
    if (window.count <= limit) return;
    response.set('Retry-After', String(resetSeconds));
    throw new RefusedError(refuse('rate-limited', 'too many requests; Retry-After says when to go on'));
  }

  #window(key: string, nowMs: number): Window {
    const found = this.#windows.get(key);
    if (found && nowMs - found.startMs < WINDOW_MS && nowMs >= found.startMs) return found;
    const fresh = { startMs: nowMs, count: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, fresh);
    if (this.#windows.size > SUBJECTS_MAX) this.#forget(nowMs);
    return fresh;
  }

  /** Windows lie in the order of their start. */
  #forget(nowMs: number): void {
    for (const [key, window] of this.#windows) {
      if (this.#windows.size <= SUBJECTS_MAX && nowMs - window.startMs < WINDOW_MS) return;
      this.#windows.delete(key);
    }
  }
}
