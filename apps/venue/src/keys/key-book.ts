import { createHmac, randomBytes } from 'node:crypto';

/** What a key of the venue may do. */
export interface KeyRights {
  readonly reading: boolean;
  readonly trading: boolean;
  readonly withdrawals: boolean;
  /** Accepted from listed addresses only; the venue itself lists this machine and nothing else. */
  readonly ipRestricted: boolean;
}

/** A key as its owner is given it, once. */
export interface VenueKey {
  readonly apiKey: string;
  readonly secret: string;
}

/** Names of the rights, in the order of their bits in a key. */
const RIGHTS = ['reading', 'trading', 'withdrawals', 'ipRestricted'] as const;
const KEY = /^WV([0-9a-f])([0-9a-z]{9})[0-9A-Za-z]{52}$/;

/**
 * API keys of the venue. It has no accounts yet, so a key stands for itself: its rights are written in it, and its
 * secret follows from it and the venue's seed. A venue that starts again with the same seed knows the same keys, and
 * whoever changes the rights in a key no longer has its secret.
 */
export class KeyBook {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Makes a key of these rights. */
  issue(rights: KeyRights, nowMs: number): VenueKey {
    const bits = RIGHTS.reduce((sum, name, index) => sum + (rights[name] ? 1 << index : 0), 0);
    const filling = randomBytes(26).toString('hex');
    const apiKey = `WV${bits.toString(16)}${Math.floor(nowMs).toString(36).padStart(9, '0')}${filling}`;
    return { apiKey, secret: this.secretOf(apiKey) };
  }

  /** The rights of a key and when it was made, ms UTC; `null` when it is none of this kind. */
  read(apiKey: string): { rights: KeyRights; createdMs: number } | null {
    const [, bits, created] = KEY.exec(apiKey) ?? [];
    if (bits === undefined || created === undefined) return null;
    const has = (right: (typeof RIGHTS)[number]): boolean =>
      (Number.parseInt(bits, 16) & (1 << RIGHTS.indexOf(right))) !== 0;
    const rights = {
      reading: has('reading'),
      trading: has('trading'),
      withdrawals: has('withdrawals'),
      ipRestricted: has('ipRestricted'),
    };
    return { rights, createdMs: Number.parseInt(created, 36) };
  }

  /** What requests of this key are signed with. */
  secretOf(apiKey: string): string {
    return createHmac('sha256', `venue ${this.#seed}`).update(apiKey).digest('hex');
  }
}
