import { unsealWith } from '@wickworks/accounts/envelope';
import { err, ok, type Result } from '@wickworks/core';
import { z } from 'zod';
import { openExchange, type CcxtClass, type CcxtExchange } from './ccxt-class.js';
import { failure, failureOf } from './failure.js';
import type { ExchangeFailure, KeyPermissions, SealedKeys } from './ports.js';
import type { VenueProfile } from './venues/profile.js';

const Keys = z.object({ apiKey: z.string(), secret: z.string(), passphrase: z.string().optional() });

/** What the exchange says when it takes a key and tells no more. */
const TAKEN: KeyPermissions = { canRead: true, canTrade: null, canWithdraw: null, isIpRestricted: null };

/**
 * Opens `keys`, here and nowhere else, and asks the exchange what they may do, through an instance of their own that is
 * forgotten afterwards. What CCXT says of a failure may hold parts of the request, so only its kind goes out.
 */
export async function askPermissions(
  keys: SealedKeys,
  profile: VenueProfile,
  cls: CcxtClass,
  settings: object,
): Promise<Result<KeyPermissions, ExchangeFailure>> {
  const opened = unsealWith(keys.dataKey, keys.context, keys.sealed);
  if (!opened.ok) return err(failure('rejected', 'the sealed keys cannot be opened', false));
  const { apiKey, secret, passphrase } = Keys.parse(JSON.parse(opened.value));
  const own = { ...settings, apiKey, secret, ...(passphrase !== undefined && { password: passphrase }) };
  const exchange = openExchange(cls, own, {});
  try {
    if (!profile.keyInfo) {
      await exchange.fetchBalance();
      return ok(TAKEN);
    }
    const read = profile.keyInfo.read(await callOf(exchange, profile.keyInfo.method));
    return read ? ok(read) : err(failure('unavailable', `${profile.title} answered something unexpected`, true));
  } catch (error) {
    const { kind, retryable } = failureOf(error);
    // Told as a value: a request that is too late or wrongly signed is the key's fault for all we know.
    return err(failure(kind, `${profile.title}: ${kind}`, retryable));
  } finally {
    await exchange.close();
  }
}

/** CCXT makes its calls of an exchange's own API at run time, by name. */
async function callOf(exchange: CcxtExchange, method: string): Promise<unknown> {
  const call: unknown = Reflect.get(exchange, method);
  if (typeof call !== 'function') throw new TypeError(`CCXT has no ${method}`);
  const answer: unknown = await Reflect.apply(call, exchange, []);
  return answer;
}
