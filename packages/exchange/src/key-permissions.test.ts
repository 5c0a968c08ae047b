import { openDataKey, seal } from '@wickworks/accounts/envelope';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectExchange } from './connect.js';
import type { ExchangeConnection, SealedKeys } from './ports.js';

const SECRET = 'a root secret of thirty-two bytes!';
const Key = z.object({ apiKey: z.string(), secret: z.string() });
let venue: RunningVenue;
let connection: ExchangeConnection;
beforeAll(async () => {
  venue = await startVenue({ port: 0 });
  connection = connectExchange({ id: 'local', venueUrl: venue.url });
});
afterAll(async () => {
  await connection.close();
  await venue.close();
});

async function issue(rights: object): Promise<{ apiKey: string; secret: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${venue.url}/_venue/keys`, { method: 'POST', headers, body: JSON.stringify(rights) });
  return Key.parse(await answer.json());
}
const sealedOf = (keys: object, context = 'exchange-credential:1'): SealedKeys => {
  const sealed = seal(SECRET, context, JSON.stringify(keys));
  return { sealed, context, dataKey: openDataKey(SECRET, context, sealed) ?? new Uint8Array() };
};

describe('what keys may do, asked through the real CCXT class in its worker', () => {
  it('is what the exchange says', async () => {
    const careful = await connection.keyPermissions(sealedOf(await issue({ ipRestricted: true })));
    expect(careful).toEqual({
      ok: true,
      value: { canRead: true, canTrade: true, canWithdraw: false, isIpRestricted: true },
    });
    const bold = await connection.keyPermissions(sealedOf(await issue({ trading: false, withdrawals: true })));
    expect(bold).toMatchObject({ value: { canTrade: false, canWithdraw: true, isIpRestricted: false } });
  });

  it('keys the exchange does not take are told as such, without a word of them', async () => {
    const key = await issue({});
    for (const wrong of [
      { ...key, secret: 'not-the-secret' },
      { apiKey: 'no-such-key-here', secret: 'hunter2' },
    ]) {
      const refused = await connection.keyPermissions(sealedOf(wrong));
      expect(refused).toMatchObject({ ok: false, error: { kind: 'authentication', retryable: false } });
      for (const part of [wrong.apiKey, wrong.secret, 'signature']) expect(JSON.stringify(refused)).not.toContain(part);
    }
  });

  it('sealed keys open with their own data key only', async () => {
    const { dataKey } = sealedOf({ apiKey: 'a', secret: 'b' });
    const other = { ...sealedOf(await issue({})), dataKey };
    expect(await connection.keyPermissions(other)).toMatchObject({ ok: false, error: { kind: 'rejected' } });
  });
});
