import { assert } from '@wickworks/core';

/** Decimals of every price and quantity on the wire, as on Binance. */
const WIRE_DECIMALS = 8;
const ZEROS = '0'.repeat(32);

/** `units` (a whole number of 10^-decimals) as decimal text with eight decimals: `(6774575, 2)` → `67745.75000000`. */
export function toText(units: number, decimals: number): string {
  assert(Number.isSafeInteger(units) && decimals <= WIRE_DECIMALS, 'a whole number of units, at most eight decimals');
  const magnitude = Math.abs(units);
  const scale = 10 ** decimals;
  const whole = Math.floor(magnitude / scale);
  const fraction = magnitude - whole * scale;
  const digits = decimals === 0 ? '' : pad(String(fraction), decimals);
  return `${units < 0 ? '-' : ''}${whole}.${digits}${ZEROS.slice(0, WIRE_DECIMALS - decimals)}`;
}

/** As {@link toText} for any number of decimals: what lies beyond the eighth is cut off, as Binance does. */
export function bigToText(units: bigint, decimals: number): string {
  const wire =
    decimals <= WIRE_DECIMALS
      ? units * 10n ** BigInt(WIRE_DECIMALS - decimals)
      : units / 10n ** BigInt(decimals - WIRE_DECIMALS);
  const magnitude = wire < 0n ? -wire : wire;
  const digits = pad(magnitude.toString(), WIRE_DECIMALS + 1);
  const cut = digits.length - WIRE_DECIMALS;
  return `${wire < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

function pad(digits: string, width: number): string {
  return digits.length >= width ? digits : ZEROS.slice(0, width - digits.length) + digits;
}

const LIMB = 2 ** 52;

/** Sum of whole numbers that stays exact past 2^53; each addend must be a safe integer of 0 or more. */
export class ExactSum {
  #limbs = 0;
  #rest = 0;

  add(value: number): void {
    // Split first: both parts and their sum stay below 2^53.
    const high = Math.floor(value / LIMB);
    this.#limbs += high;
    this.#rest += value - high * LIMB;
    if (this.#rest >= LIMB) {
      this.#rest -= LIMB;
      this.#limbs++;
    }
  }

  addSum(other: ExactSum): void {
    this.#limbs += other.#limbs;
    this.add(other.#rest);
  }

  toBigInt(): bigint {
    return BigInt(this.#limbs) * BigInt(LIMB) + BigInt(this.#rest);
  }
}
