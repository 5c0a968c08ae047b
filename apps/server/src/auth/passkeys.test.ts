import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { PasskeyStart, PasskeyView, SignedIn } from '@wickworks/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { becomeAdmin, invite, PASSWORD, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const ORIGIN = 'http://localhost:5173';
let server: TestServer;
let admin: Person;
beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()]);
  ({ admin } = await becomeAdmin(server));
});
afterAll(() => server.dispose());

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const base64 = (data: Buffer | string): string => Buffer.from(data).toString('base64url');

/** The few shapes of CBOR that an authenticator writes. */
const head = (major: number, value: number): Buffer =>
  value < 24
    ? Buffer.from([(major << 5) | value])
    : value < 256
      ? Buffer.from([(major << 5) | 24, value])
      : Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
const int = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value));
const bytes = (data: Buffer): Buffer => Buffer.concat([head(2, data.length), data]);
const words = (data: string): Buffer => Buffer.concat([head(3, data.length), Buffer.from(data)]);
const map = (...pairs: Buffer[]): Buffer => Buffer.concat([head(5, pairs.length / 2), ...pairs]);

/** A security key in software: ES256, attestation "none". */
class Authenticator {
  readonly id = randomBytes(16);
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  counter = 0;

  create(challenge: string, origin: string, isVerified = true) {
    const { x = '', y = '' } = this.#pair.publicKey.export({ format: 'jwk' });
    const cose = map(
      ...[int(1), int(2), int(3), int(-7), int(-1), int(1)],
      ...[int(-2), bytes(Buffer.from(x, 'base64url')), int(-3), bytes(Buffer.from(y, 'base64url'))],
    );
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, cose]);
    const authData = this.#data(origin, isVerified ? 0x45 : 0x41, attested);
    const attestation = map(words('fmt'), words('none'), words('attStmt'), map(), words('authData'), bytes(authData));
    const response = {
      clientDataJSON: clientData('webauthn.create', challenge, origin),
      attestationObject: base64(attestation),
    };
    return { id: base64(this.id), rawId: base64(this.id), type: 'public-key', response };
  }

  get(challenge: string, origin: string) {
    this.counter++;
    const data = clientData('webauthn.get', challenge, origin);
    const authData = this.#data(origin, 0x05, Buffer.alloc(0));
    const signed = Buffer.concat([authData, sha256(Buffer.from(data, 'base64url'))]);
    const response = {
      clientDataJSON: data,
      authenticatorData: base64(authData),
      signature: base64(sign('sha256', signed, this.#pair.privateKey)),
    };
    return { id: base64(this.id), rawId: base64(this.id), type: 'public-key', response };
  }

  #data(origin: string, flags: number, rest: Buffer): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([flags]), counter, rest]);
  }
}

const clientData = (type: string, challenge: string, origin: string): string =>
  base64(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
const challengeOf = ({ options }: PasskeyStartView): string => String(options['challenge']);
type PasskeyStartView = ReturnType<typeof PasskeyStart.parse>;

const headers = { origin: ORIGIN };
const startAdding = async () =>
  PasskeyStart.parse(
    await (await admin.call('POST', '/auth/passkeys/registration', { password: PASSWORD }, headers)).json(),
  );
const startSignIn = async () =>
  PasskeyStart.parse(
    await (await new Person(server).call('POST', '/auth/passkeys/sign-in/options', undefined, headers)).json(),
  );
const signIn = (ceremony: string, credential: unknown) =>
  new Person(server).call('POST', '/auth/passkeys/sign-in', { ceremony, credential, transport: 'token' }, headers);

const key = new Authenticator();

it('is added by somebody who proves the password, and signs in without one', async () => {
  expect(await admin.refusal('POST', '/auth/passkeys/registration', { password: 'wrong' }, headers)).toBe(
    'invalid-field',
  );
  const start = await startAdding();
  const body = { ceremony: start.ceremony, name: 'laptop', credential: key.create(challengeOf(start), ORIGIN) };
  const added = await admin.call('POST', '/auth/passkeys', body, headers);
  expect(added.status).toBe(201);
  expect(PasskeyView.parse(await added.json())).toMatchObject({ name: 'laptop', usedMs: null });
  expect(await admin.refusal('POST', '/auth/passkeys', body, headers)).toBe('invalid-field');
  const begun = await startSignIn();
  const answer = await signIn(begun.ceremony, key.get(challengeOf(begun), ORIGIN));
  expect(SignedIn.parse(await answer.json()).user.username).toBe('root');
});

it('is refused from another page, for another challenge, twice, by a stranger, or as a copy', async () => {
  const elsewhere = await startSignIn();
  expect((await signIn(elsewhere.ceremony, key.get(challengeOf(elsewhere), 'http://evil.example'))).status).toBe(401);
  const stale = await startSignIn();
  expect((await signIn(stale.ceremony, key.get('AAAA', ORIGIN))).status).toBe(401);
  const twice = await startSignIn();
  const credential = key.get(challengeOf(twice), ORIGIN);
  expect((await signIn(twice.ceremony, credential)).status).toBe(200);
  expect((await signIn(twice.ceremony, credential)).status).toBe(401);
  const strange = await startSignIn();
  expect((await signIn(strange.ceremony, new Authenticator().get(challengeOf(strange), ORIGIN))).status).toBe(401);
  const copied = await startSignIn();
  key.counter = 0; // a copy knows nothing of later uses
  expect((await signIn(copied.ceremony, key.get(challengeOf(copied), ORIGIN))).status).toBe(401);
});

it('proves who sits before a page that is signed in, and so does the password', async () => {
  const prove = async (person: Person, authenticator: Authenticator): Promise<number> => {
    const begun = await startSignIn();
    const body = { ceremony: begun.ceremony, credential: authenticator.get(challengeOf(begun), ORIGIN) };
    return (await person.call('POST', '/auth/proof', body, headers)).status;
  };
  key.counter = 50;
  expect(await prove(admin, key)).toBe(204);
  expect(await prove(admin, new Authenticator())).toBe(400);
  // Somebody else's passkey proves somebody else.
  expect(await prove(await invite(admin, 'tess', 'trader'), key)).toBe(400);
  expect(await prove(new Person(server), key)).toBe(401);
  expect((await admin.call('POST', '/auth/proof', { password: PASSWORD })).status).toBe(204);
  expect(await admin.refusal('POST', '/auth/proof', { password: 'wrong' })).toBe('invalid-field');
});

it('must ask its owner for a PIN or finger', async () => {
  const start = await startAdding();
  const credential = new Authenticator().create(challengeOf(start), ORIGIN, false);
  expect(
    await admin.refusal('POST', '/auth/passkeys', { ceremony: start.ceremony, name: 'x', credential }, headers),
  ).toBe('invalid-field');
});

it('is removed by its owner', async () => {
  const path = `/auth/passkeys/${base64(key.id)}`;
  expect((await admin.call('DELETE', path)).status).toBe(204);
  expect(await admin.refusal('DELETE', path)).toBe('not-found');
  key.counter = 100;
  const begun = await startSignIn();
  expect((await signIn(begun.ceremony, key.get(challengeOf(begun), ORIGIN))).status).toBe(401);
});
