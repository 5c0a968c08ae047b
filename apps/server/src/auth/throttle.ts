import { refuse, type Refusal } from '../wire/problem.js';

/**
 * After `free` wrong answers each further one makes its author wait twice as long, up to `waitMsMax`. The first counts
 * one account from one address; the second one account from everywhere, gently, so that nobody can lock others out for
 * long; the third one address, whatever accounts it tries.
 */
const RULES = {
  pair: { free: 5, waitMsMax: 15 * 60_000 },
  account: { free: 50, waitMsMax: 30_000 },
  address: { free: 30, waitMsMax: 15 * 60_000 },
} as const;
type Rule = (typeof RULES)[keyof typeof RULES];

const FORGET_AFTER_MS = 60 * 60_000;
const KEPT_MAX = 50_000;

interface Failures {
  count: number;
  lastMs: number;
  waitUntilMs: number;
}

/** Slows down whoever guesses. Accounts that do not exist are counted just as those that do. */
export class Throttle {
  readonly #nowMs: () => number;
  readonly #failures = new Map<string, Failures>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The refusal of an attempt that comes too soon; `null` when it may be made. */
  check(account: string, address: string): Refusal | null {
    const nowMs = this.#nowMs();
    const waitMs = Math.max(
      0,
      ...keysOf(account, address).map(([key]) => (this.#failures.get(key)?.waitUntilMs ?? 0) - nowMs),
    );
    if (waitMs === 0) return null;
    const retryAfterSeconds = Math.ceil(waitMs / 1_000);
    return { ...refuse('rate-limited', 'too many wrong attempts; Retry-After says when to go on'), retryAfterSeconds };
  }

  /** Notes a wrong attempt. */
  failed(account: string, address: string): void {
    const nowMs = this.#nowMs();
    for (const [key, { free, waitMsMax }] of keysOf(account, address)) {
      const known = this.#failures.get(key);
      const count = (known && nowMs - known.lastMs < FORGET_AFTER_MS ? known.count : 0) + 1;
      const waitMs = count < free ? 0 : Math.min(waitMsMax, 1_000 * 2 ** Math.min(20, count - free));
      this.#failures.delete(key);
      this.#failures.set(key, { count, lastMs: nowMs, waitUntilMs: nowMs + waitMs });
    }
    for (const key of this.#failures.keys()) {
      if (this.#failures.size <= KEPT_MAX) return;
      this.#failures.delete(key);
    }
  }

  /** A right attempt: this account from this address starts afresh. The address does not, or one own account would clear it. */
  succeeded(account: string, address: string): void {
    this.#failures.delete(`pair ${account} ${address}`);
  }
}

/** Attempts that name no account (`''`: passkeys, invitations) count for their address alone. */
function keysOf(account: string, address: string): (readonly [string, Rule])[] {
  const ofAddress = [`address ${address}`, RULES.address] as const;
  if (account === '') return [ofAddress];
  return [[`pair ${account} ${address}`, RULES.pair], [`account ${account}`, RULES.account], ofAddress];
}
