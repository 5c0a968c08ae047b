import { assert } from '@wickworks/core';

const SAFE = Number.MAX_SAFE_INTEGER;
/** Beyond this a sum of two float64 no longer holds every integer. */
const LIMIT = 2 ** 100;
/** 2^27 + 1: splits a float64 into two halves whose products are exact. */
const SPLITTER = 134_217_729;

/** `a × b − round(a × b)`, exact. Source: T. J. Dekker, "A floating-point technique" (1971), Veltkamp split. */
function productError(a: number, b: number, product: number): number {
  const aBig = SPLITTER * a;
  const aHigh = aBig - (aBig - a);
  const aLow = a - aHigh;
  const bBig = SPLITTER * b;
  const bHigh = bBig - (bBig - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * An integer below 2^100 in absolute value as the unevaluated sum of two float64. Adding integers and products of
 * integers is exact (Knuth's two-sum, Dekker's product), needs no allocation and costs a few nanoseconds: the
 * ledger's sums are kept in it. See docs/decisions/0010-exact-ledger.md.
 */
export class ExactInteger {
  #high = 0;
  #low = 0;

  /** Adds an integer, which must itself be exact as a float64. */
  add(value: number): void {
    const sum = this.#high + value;
    // Mostly all of it fits one float64: a sum of integers that rounds to a safe one has not been rounded.
    if (this.#low === 0 && Math.abs(sum) <= SAFE) {
      this.#high = sum;
      return;
    }
    const shift = sum - this.#high;
    const low = this.#low + (this.#high - (sum - shift) + (value - shift));
    this.#high = sum + low;
    this.#low = low - (this.#high - sum);
    assert(Math.abs(this.#high) < LIMIT, 'ledger sums stay below 2^100 units');
  }

  /** Adds `a × b`, both integers that are exact as float64. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    this.add(product);
    if (Math.abs(product) > SAFE) this.add(productError(a, b, product));
  }

  /** Adds `a × b × c`, all integers that are exact as float64. */
  addProduct3(a: number, b: number, c: number): void {
    const product = a * b;
    this.addProduct(product, c);
    if (Math.abs(product) > SAFE) this.addProduct(productError(a, b, product), c);
  }

  /** Back to zero. */
  clear(): void {
    this.set(0);
  }

  /** The integer when a safe one holds it, else null. */
  toSafe(): number | null {
    return this.#low === 0 && Math.abs(this.#high) <= SAFE ? this.#high : null;
  }

  /** Becomes a safe integer. */
  set(value: number): void {
    this.#high = value;
    this.#low = 0;
  }

  /** The nearest float64. */
  toNumber(): number {
    return this.#high;
  }

  /** The integer itself. */
  toBigInt(): bigint {
    return BigInt(this.#high) + BigInt(this.#low);
  }
}

/** `ceil(a / b)` of safe integers, exact. */
function ceilOfQuotient(a: number, b: number): number {
  // The quotient as rounded is never below the true one; above it only where that is just short of an integer.
  const quotient = Math.floor(a / b);
  return a > quotient * b ? quotient + 1 : quotient;
}

/**
 * `ceil(a × b × c / divisor)` of integers ≥ 0, exact. The usual sizes stay in float64; larger ones take BigInt.
 * The result must be a safe integer.
 */
export function ceilOfProduct(factors: { a: number; b: number; c: number }, divisor: number): number {
  const { a, b, c } = factors;
  const base = a * b;
  if (base <= SAFE && divisor <= 1e14) {
    const high = base * c;
    if (high <= SAFE) return ceilOfQuotient(high, divisor);
    const low = productError(base, c, high);
    let quotient = Math.floor(high / divisor);
    if (quotient <= SAFE) {
      const back = quotient * divisor;
      // Both differences are small and exact: the quotient is off by one at most.
      let rest = high - back + (low - productError(quotient, divisor, back));
      for (; rest < 0; rest += divisor) quotient--;
      for (; rest >= divisor; rest -= divisor) quotient++;
      return rest > 0 ? quotient + 1 : quotient;
    }
  }
  const product = BigInt(a) * BigInt(b) * BigInt(c);
  const by = BigInt(divisor);
  const result = Number((product + by - 1n) / by);
  assert(Number.isSafeInteger(result), 'a fee fits a safe integer');
  return result;
}
