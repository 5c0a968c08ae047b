import type { Redis } from 'ioredis';
import * as z from 'zod';

/** How many requests of a window have been counted, this one among them, and how long it still lasts. */
export interface Counted {
  readonly count: number;
  readonly leftMs: number;
}

/** Counts by key in windows that begin with the first request and last `windowMs`. */
export interface RequestCounter {
  add(key: string, windowMs: number): Counted | Promise<Counted>;
}

/** Beyond this many subjects in one window the oldest are forgotten: an attacker's addresses must not fill memory. */
const SUBJECTS_MAX = 50_000;

interface Window {
  readonly startMs: number;
  count: number;
}

/** Counts in the memory of this process. */
export class MemoryCounter implements RequestCounter {
  readonly #nowMs: () => number;
  readonly #windows = new Map<string, Window>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add(key: string, windowMs: number): Counted {
    const nowMs = this.#nowMs();
    const window = this.#window(key, nowMs, windowMs);
    window.count++;
    return { count: window.count, leftMs: window.startMs + windowMs - nowMs };
  }

  #window(key: string, nowMs: number, windowMs: number): Window {
    const found = this.#windows.get(key);
    if (found && nowMs - found.startMs < windowMs && nowMs >= found.startMs) return found;
    const fresh = { startMs: nowMs, count: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, fresh);
    if (this.#windows.size > SUBJECTS_MAX) this.#forget(nowMs, windowMs);
    return fresh;
  }

  /** Windows lie in the order of their start. */
  #forget(nowMs: number, windowMs: number): void {
    for (const [key, window] of this.#windows) {
      if (this.#windows.size <= SUBJECTS_MAX && nowMs - window.startMs < windowMs) return;
      this.#windows.delete(key);
    }
  }
}

/** One step, so that no window can be begun without its end. */
const COUNT = `local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}`;
const Answer = z.tuple([z.int(), z.int()]);
const ANSWER_WITHIN_MS = 250;
const COMPLAIN_EVERY_MS = 60_000;

/**
 * Counts in Redis, together with every other server process there. While Redis does not answer each process counts
 * for itself: limits grow wider then, but nobody is shut out and nothing is unlimited.
 */
export class SharedCounter implements RequestCounter {
  readonly #redis: Redis;
  readonly #own: RequestCounter;
  readonly #log: { warn(fields: object, message: string): void };
  #complainedMs = Number.NEGATIVE_INFINITY;

  private constructor(redis: Redis, own: RequestCounter, log: { warn(fields: object, message: string): void }) {
    this.#redis = redis;
    this.#own = own;
    this.#log = log;
    redis.on('error', (error) => this.#complain(error));
  }

  /** Begins to connect; `own` counts whenever there is no connection. */
  static async open(
    url: string,
    own: RequestCounter,
    log: { warn(fields: object, message: string): void },
  ): Promise<SharedCounter> {
    const { default: Redis } = await import('ioredis');
    const redis = new Redis(url, {
      commandTimeout: ANSWER_WITHIN_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times) => Math.min(5_000, 100 * times),
    });
    return new SharedCounter(redis, own, log);
  }

  async add(key: string, windowMs: number): Promise<Counted> {
    if (this.#redis.status !== 'ready') return this.#own.add(key, windowMs);
    try {
      const [count, leftMs] = Answer.parse(await this.#redis.eval(COUNT, 1, `wick:limit:${key}`, windowMs));
      return { count, leftMs };
    } catch (error) {
      this.#complain(error);
      return this.#own.add(key, windowMs);
    }
  }

  close(): void {
    this.#redis.disconnect();
  }

  #complain(error: unknown): void {
    if (performance.now() - this.#complainedMs < COMPLAIN_EVERY_MS) return;
    this.#complainedMs = performance.now();
    this.#log.warn({ err: error }, 'Redis does not answer: limits are counted by this process alone');
  }
}
