import { Portfolio } from './portfolio.js';

/** Markets of one strategy, as many as it has, and the ratio (0..1) of the deposit reserved for it; null: none. */
export interface PurseOwner {
  readonly markets: number;
  readonly allocation: number | null;
}

/**
 * Who may spend what of an account that several strategies share. One with an allocation has that part of the deposit
 * and what it makes of it; the others share what is left. Every purse is a ledger like the account's own over the same
 * markets, so that all purses and what was given to nobody add up to the account, to the last digit.
 */
export class Purses {
  readonly #ofMarket: readonly Portfolio[];
  readonly #isApart: boolean;

  /** Markets are numbered owner by owner; `cashE8`: the deposit in 10^-8 quote. */
  constructor(account: Portfolio, cashE8: number, owners: readonly PurseOwner[]) {
    const { instruments } = account;
    this.#isApart = owners.some(({ allocation }) => allocation !== null);
    if (!this.#isApart) {
      this.#ofMarket = instruments.map(() => account);
      return;
    }
    let left = cashE8;
    const reserved = owners.map(({ allocation }) => {
      if (allocation === null) return null;
      const share = Math.min(left, Math.round(cashE8 * allocation));
      left -= share;
      return new Portfolio(instruments, share);
    });
    const common = new Portfolio(instruments, left);
    const purses = reserved.map((purse) => purse ?? common);
    this.#ofMarket = owners.flatMap(({ markets }, at) => Array<Portfolio>(markets).fill(purses[at]!));
  }

  /** What pays for the orders of a market; the account's own ledger where nothing is reserved. */
  of(market: number): Portfolio {
    return this.#ofMarket[market]!;
  }

  /** The same, null where it is the account's own. */
  apartOf(market: number): Portfolio | null {
    return this.#isApart ? this.#ofMarket[market]! : null;
  }
}
