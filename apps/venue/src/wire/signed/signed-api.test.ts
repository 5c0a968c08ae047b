import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startVenue, type RunningVenue } from '../../start-venue.js';

const Key = z.object({ apiKey: z.string(), secret: z.string() });
const PATH = '/sapi/v1/account/apiRestrictions';
let venue: RunningVenue;
beforeAll(async () => {
  venue = await startVenue({ port: 0, clock: 'historical' });
});
afterAll(() => venue.close());

const issue = async (rights: object = {}) => {
  const body = JSON.stringify(rights);
  const headers = { 'content-type': 'application/json' };
  return Key.parse(await (await fetch(`${venue.url}/_venue/keys`, { method: 'POST', headers, body })).json());
};
async function ask(key: { apiKey: string; secret: string }, query = `timestamp=${Date.now()}`) {
  const signature = createHmac('sha256', key.secret).update(query).digest('hex');
  const headers = { 'x-mbx-apikey': key.apiKey };
  const answer = await fetch(`${venue.url}${PATH}?${query}&signature=${signature}`, { headers });
  return { status: answer.status, body: z.record(z.string(), z.unknown()).parse(await answer.json()) };
}

describe('signed calls', () => {
  it('tell what a key may do', async () => {
    expect(await ask(await issue())).toMatchObject({
      status: 200,
      body: { enableReading: true, enableSpotAndMarginTrading: true, enableWithdrawals: false, ipRestrict: false },
    });
    const bold = await issue({ trading: false, withdrawals: true, ipRestricted: true });
    expect(await ask(bold)).toMatchObject({
      body: { enableSpotAndMarginTrading: false, enableWithdrawals: true, ipRestrict: true },
    });
  });

  it('refuse, in Binance’s words, what was not signed by the key', async () => {
    const key = await issue();
    const refusal = async (asked: Promise<{ status: number; body: Record<string, unknown> }>) => {
      const { status, body } = await asked;
      return [status, body['code']];
    };
    expect(await refusal(ask({ ...key, secret: 'another' }))).toEqual([400, -1022]);
    expect(await refusal(ask({ ...key, apiKey: 'nobody' }))).toEqual([401, -2015]);
    expect(await refusal(ask({ ...key, apiKey: '' }))).toEqual([401, -2014]);
    // Rights cannot be written into a key: its secret would be another.
    const bolder = key.apiKey.replace(/^WV./, 'WVf');
    expect(await refusal(ask({ ...key, apiKey: bolder }))).toEqual([400, -1022]);
    expect(await refusal(ask(key, `timestamp=${Date.now() - 6_000}`))).toEqual([400, -1021]);
    expect(await refusal(ask(key, `timestamp=${Date.now() + 60_000}`))).toEqual([400, -1021]);
    expect(await refusal(ask(key, 'recvWindow=5000'))).toEqual([400, -1102]);
    expect(await refusal(ask(key, `timestamp=${Date.now()}&more=1`))).toEqual([400, -1104]);
  });

  it('know a key again after a restart with the same seed, and not with another', async () => {
    const key = await issue();
    const before = venue;
    venue = await startVenue({ port: 0 });
    try {
      expect((await ask(key)).status).toBe(200);
      await venue.close();
      venue = await startVenue({ port: 0, seed: 7 });
      expect((await ask(key)).body['code']).toBe(-1022);
    } finally {
      await venue.close();
      venue = before;
    }
  });
});
