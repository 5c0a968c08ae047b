import type { Response } from 'express';
import type { RateClass } from '@wickworks/contracts';
import { refuse } from '../wire/problem.js';
import { RefusedError } from './problems.js';
import type { RequestCounter } from './request-counter.js';

/** Whose requests are counted: of one address whatever it asks, or of one subject (key, session, else address) by class. */
export type RateName = RateClass | 'address';

const WINDOW_MS = 60_000;

/** Holds requests against what is allowed a minute. */
export class RateLimits {
  readonly #counter: RequestCounter;
  readonly #limitOf: (rate: RateName) => number;

  /** `limitOf` gives the requests a minute as they are allowed now. */
  constructor(counter: RequestCounter, limitOf: (rate: RateName) => number) {
    this.#counter = counter;
    this.#limitOf = limitOf;
  }

  /** Counts one request and tells the limits (`RateLimit-*`); rejects with the refusal (429) of one too many. */
  async count(response: Response, { rate, subject }: { rate: RateName; subject: string }): Promise<void> {
    const limit = this.#limitOf(rate);
    const { count, leftMs } = await this.#counter.add(`${rate} ${subject}`, WINDOW_MS);
    const resetSeconds = Math.max(1, Math.ceil(leftMs / 1_000));
    response.set({
      'RateLimit-Policy': `${limit};w=${WINDOW_MS / 1_000}`,
      'RateLimit-Limit': String(limit),
      'RateLimit-Remaining': String(Math.max(0, limit - count)),
      'RateLimit-Reset': String(resetSeconds),
    });
    if (count <= limit) return;
    response.set('Retry-After', String(resetSeconds));
    throw new RefusedError(refuse('rate-limited', 'too many requests; Retry-After says when to go on'));
  }
}
