import { Rng } from '../replay/hash.js';
import type { FaultRequest } from './fault.js';

/** A fault in force. */
export interface ActiveFault {
  readonly id: number;
  readonly request: FaultRequest;
  /** Wall-clock ms UTC. */
  readonly untilMs: number;
  /** Messages struck so far. */
  struck: number;
}

interface Entry extends ActiveFault {
  readonly rng: Rng;
}

export type FaultKind = FaultRequest['kind'];
export type FaultOf<K extends FaultKind> = Extract<FaultRequest, { kind: K }>;

/** The faults in force, oldest first, and their dice. Without faults every question costs one comparison. */
export class FaultBox {
  readonly #wallNowMs: () => number;
  #entries: Entry[] = [];
  #lastId = 0;

  constructor(wallNowMs: () => number) {
    this.#wallNowMs = wallNowMs;
  }

  add(request: FaultRequest): ActiveFault {
    const entry: Entry = {
      id: ++this.#lastId,
      request,
      untilMs: this.#wallNowMs() + request.forMs,
      struck: 0,
      rng: new Rng(request.seed),
    };
    this.#entries.push(entry);
    return entry;
  }

  clear(): void {
    this.#entries = [];
  }

  active(): readonly ActiveFault[] {
    if (this.#entries.length > 0) {
      const now = this.#wallNowMs();
      this.#entries = this.#entries.filter(({ untilMs }) => untilMs > now);
    }
    return this.#entries;
  }

  /**
   * The first fault of `kind` that strikes a message about `subject` (a stream name or request path) going
   * `where`; rolls its dice. A fault with `match` never strikes a message without subject.
   */
  strikes<K extends FaultKind>(kind: K, subject: string | null, where: 'sockets' | 'http'): FaultOf<K> | undefined {
    if (this.#entries.length === 0) return undefined;
    this.active();
    for (const entry of this.#entries) {
      const { request } = entry;
      if (!isKind(request, kind) || !reaches(request, where)) continue;
      if (request.match !== undefined && subject?.includes(request.match) !== true) continue;
      if (request.probability < 1 && entry.rng.next() >= request.probability) continue;
      entry.struck++;
      return request;
    }
    return undefined;
  }

  /** A number in `[0, count)` from the newest fault's dice, for where to break a message. */
  roll(count: number): number {
    return this.#entries.at(-1)?.rng.below(count) ?? 0;
  }

  /** How far wrong the venue's time is, ms. */
  skewMs(): number {
    let skewMs = 0;
    for (const { request } of this.active()) if (request.kind === 'clock-skew') skewMs += request.skewMs;
    return skewMs;
  }
}

function isKind<K extends FaultKind>(request: FaultRequest, kind: K): request is FaultOf<K> {
  return request.kind === kind;
}

function reaches(request: FaultRequest, where: 'sockets' | 'http'): boolean {
  if ('to' in request) return request.to === 'all' || request.to === where;
  return where === (request.kind === 'http-error' ? 'http' : 'sockets');
}
