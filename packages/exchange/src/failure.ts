import type { ExchangeFailure } from './ports.js';

type Kind = ExchangeFailure['kind'];

/**
 * CCXT's error classes → our failures; the nearest ancestor named here decides. `OperationFailed` and what is
 * below it may be tried again, `ExchangeError` and what is below it says the request itself is wrong.
 */
const FAILURES: Readonly<Record<string, readonly [kind: Kind, retryable: boolean]>> = {
  BadSymbol: ['unknown-symbol', false],
  NotSupported: ['unsupported', false],
  InvalidProxySettings: ['unsupported', false],
  AuthenticationError: ['authentication', false],
  ExchangeClosedByUser: ['closed', false],
  MarketClosed: ['rejected', true],
  ExchangeError: ['rejected', false],
  DDoSProtection: ['rate-limited', true],
  RateLimitExceeded: ['rate-limited', true],
  RequestTimeout: ['timeout', true],
  OperationFailed: ['unavailable', true],
  UnsubscribeError: ['closed', false],
};

/** A failure as a plain value. */
export const failure = (kind: Kind, message: string, retryable: boolean): ExchangeFailure => ({
  kind,
  message,
  retryable,
});

/** An answer that came and was understood, but cannot be used. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer';
  readonly failure: ExchangeFailure;

  constructor(reason: ExchangeFailure) {
    super(reason.message);
    this.failure = reason;
  }
}

/**
 * Maps anything CCXT throws to our union. What is no CCXT error at all (a `TypeError` from an answer that is not
 * JSON, an unexpected shape) counts as the exchange being unavailable: the next answer may be sound.
 */
export function failureOf(error: unknown): ExchangeFailure {
  if (error instanceof RefusedAnswer) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  for (const name of classNames(error)) {
    const known = FAILURES[name];
    if (known) return failure(known[0], message, known[1]);
  }
  return failure('unavailable', message, true);
}

/** True for CCXT's own errors, false for anything else that was thrown. */
export const isCcxtError = (error: unknown): boolean => [...classNames(error)].includes('BaseError');

// By name, not `instanceof`: the classes are loaded from inside the CCXT package and never bundled or renamed.
function* classNames(error: unknown): Generator<string> {
  let prototype: unknown = typeof error === 'object' && error !== null ? Object.getPrototypeOf(error) : null;
  while (typeof prototype === 'object' && prototype !== null) {
    if (typeof prototype.constructor === 'function') yield prototype.constructor.name;
    prototype = Object.getPrototypeOf(prototype);
  }
}
