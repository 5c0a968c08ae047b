import { CredentialView } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { becomeAdmin, invite, type Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const PATH = '/exchanges/scripted/credentials';
const KEYS = { label: 'main', apiKey: 'key-of-tim', secret: 'secret-of-tim' };
const exchange = new ScriptedExchange();
let server: TestServer;
let admin: Person;
let trader: Person;
beforeAll(async () => {
  server = await startTestServer([exchange], { nowMs: () => 1_000 });
  admin = (await becomeAdmin(server)).admin;
  trader = await invite(admin, 'tim', 'trader');
});
afterAll(() => server.dispose());

const add = async () => CredentialView.parse(await (await trader.call('POST', PATH, KEYS)).json());
const codes = ({ warnings }: CredentialView) => warnings.map(({ code }) => code);

describe('keys at an exchange', () => {
  it('come with what the exchange says they may do; careful ones without a warning', async () => {
    const added = await add();
    expect(added).toMatchObject({
      permissions: { canRead: 'yes', canTrade: 'yes', canWithdraw: 'no', isIpRestricted: 'yes', checkedMs: 1_000 },
      warnings: [],
    });
    const Page = z.object({ items: z.array(CredentialView) });
    expect(Page.parse(await (await trader.call('GET', PATH)).json()).items).toContainEqual(added);
  });

  it('reach its worker sealed: neither the message nor the answer holds them', async () => {
    await add();
    const asked = JSON.stringify(exchange.keysAsked);
    expect(exchange.keysAsked.length).toBeGreaterThan(0);
    for (const part of [KEYS.apiKey, KEYS.secret]) expect(asked).not.toContain(part);
  });

  it('are warned of when they can withdraw, work from everywhere, or nobody says', async () => {
    exchange.permissions = { canRead: true, canTrade: false, canWithdraw: true, isIpRestricted: false };
    const bold = await add();
    expect(codes(bold)).toEqual(['can-withdraw', 'no-ip-restriction', 'cannot-trade']);
    exchange.permissions = { canRead: true, canTrade: null, canWithdraw: null, isIpRestricted: null };
    expect(codes(await add())).toEqual(['withdraw-unknown']);
  });

  it('are stored when the exchange does not answer or take them, and asked about again', async () => {
    exchange.permissions = { canRead: true, canTrade: true, canWithdraw: false, isIpRestricted: true };
    exchange.failure = { kind: 'unavailable', message: 'down', retryable: true };
    const unknown = await add();
    expect([unknown.permissions, codes(unknown)]).toEqual([null, ['not-checked']]);
    exchange.failure = { kind: 'authentication', message: 'no', retryable: false };
    const check = async () =>
      CredentialView.parse(await (await trader.call('POST', `${PATH}/${unknown.id}/check`)).json());
    expect(codes(await check())).toEqual(['refused']);
    // No answer says nothing about the keys: what was said last stands.
    exchange.failure = { kind: 'timeout', message: 'late', retryable: true };
    expect(codes(await check())).toEqual(['refused']);
    exchange.failure = null;
    expect(await check()).toMatchObject({ permissions: { canWithdraw: 'no' }, warnings: [], version: 1 });
  });

  it('of another time say nothing about those that replace them', async () => {
    const { id } = await add();
    exchange.failure = { kind: 'unavailable', message: 'down', retryable: true };
    const answer = await trader.call('PUT', `${PATH}/${id}`, { ...KEYS, apiKey: 'other' }, { 'if-match': '"v1"' });
    expect(codes(CredentialView.parse(await answer.json()))).toEqual(['not-checked']);
    exchange.failure = null;
  });

  it('of others cannot be asked about', async () => {
    const { id } = await add();
    const eve = await invite(admin, 'eve', 'trader');
    expect(await eve.refusal('POST', `${PATH}/${id}/check`)).toBe('not-found');
  });
});
