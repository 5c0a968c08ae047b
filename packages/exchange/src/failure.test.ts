import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { failureOf, isCcxtError } from './failure.js';

type ErrorClass = new (message: string) => Error;

/** CCXT's own classes, loaded from where its exchanges load them. */
const classes = (await import(new URL('./src/base/errors.js', import.meta.resolve('ccxt')).href)) as Record<
  string,
  ErrorClass
>;

const thrown = (name: string): Error => {
  const found = classes[name];
  if (!found) throw new Error(`CCXT has no ${name}`);
  return new found('as told');
};

describe('failures', () => {
  it.each([
    ['BadSymbol', 'unknown-symbol', false],
    ['NotSupported', 'unsupported', false],
    ['PermissionDenied', 'authentication', false],
    ['BadRequest', 'rejected', false],
    ['InsufficientFunds', 'rejected', false],
    ['DDoSProtection', 'rate-limited', true],
    ['RateLimitExceeded', 'rate-limited', true],
    ['RequestTimeout', 'timeout', true],
    ['OnMaintenance', 'unavailable', true],
    ['NetworkError', 'unavailable', true],
    ['BadResponse', 'unavailable', true],
    ['ExchangeClosedByUser', 'closed', false],
  ])('%s becomes %s', (name, kind, retryable) => {
    expect(failureOf(thrown(name))).toEqual({ kind, retryable, message: 'as told' });
  });

  it('knows every class of the tree', () => {
    const source = readFileSync(new URL('./src/base/errors.js', import.meta.resolve('ccxt')), 'utf8');
    const names = [...source.matchAll(/^class (\w+) extends/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(30);
    for (const name of names.filter((name) => name !== 'BaseError')) {
      const isRetryable = failureOf(thrown(name)).retryable;
      const isOperational = thrown(name) instanceof classes['OperationFailed']!;
      if (name !== 'MarketClosed') expect([name, isRetryable]).toEqual([name, isOperational]);
      expect(isCcxtError(thrown(name))).toBe(true);
    }
  });

  it('takes anything else for an answer that could not be used, worth another try', () => {
    expect(failureOf(new TypeError('x is undefined'))).toMatchObject({ kind: 'unavailable', retryable: true });
    expect(failureOf('text')).toEqual({ kind: 'unavailable', retryable: true, message: 'text' });
    expect(isCcxtError(new TypeError())).toBe(false);
  });
});
