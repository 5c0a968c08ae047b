const TOTAL_MAX = 20_000;
const PER_ADDRESS_MAX = 200;
const LOOPBACK = /^(::1|(::ffff:)?127\.)/;

/** Keeps one address from taking all sockets. This machine's own programs, a reverse proxy among them, are not counted one by one. */
export class ConnectionCaps {
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  /** Takes a place and returns how to give it back, once; `null` when there is none. */
  enter(address: string): (() => void) | null {
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#total >= TOTAL_MAX || (here >= PER_ADDRESS_MAX && !LOOPBACK.test(address))) return null;
    this.#byAddress.set(address, here + 1);
    this.#total++;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#total--;
      const left = (this.#byAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#byAddress.delete(address);
      else this.#byAddress.set(address, left);
    };
  }
}
