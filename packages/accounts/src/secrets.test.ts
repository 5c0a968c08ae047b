import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInNetworks, isNetwork } from './addresses.js';
import { auditHash, auditKey, AUDIT_START } from './audit-chain.js';
import { masterId, openDataKey, reseal, seal, sealedBy, unseal, unsealWith } from './envelope.js';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.js';
import { deriveKey, isApiKey, newApiKey, sameText } from './tokens.js';
import { newTotpSecret, totpCode, totpStepOf } from './totp.js';
import { normalUsername } from './username.js';

const SECRET = 'a root secret of thirty-two bytes!';

describe('envelope', () => {
  it('opens what it sealed, and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, context) => {
        const sealed = seal(SECRET, context, text);
        expect(unseal(SECRET, context, sealed)).toEqual({ ok: true, value: text });
        expect(unseal(SECRET, `${context}.`, sealed).ok).toBe(false);
        expect(unseal(`${SECRET}.`, context, sealed).ok).toBe(false);
      }),
    );
  });

  it('notices any changed byte', () => {
    const sealed = seal(SECRET, 'c', 'api secret');
    for (const part of [1, 2, 3]) {
      const parts = sealed.split('.');
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      for (let index = 0; index < bytes.length; index++) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
        const forged = parts.with(part, changed.toString('base64url')).join('.');
        expect(unseal(SECRET, 'c', forged).ok).toBe(false);
      }
    }
    expect(unseal(SECRET, 'c', '').ok).toBe(false);
    expect(unseal(SECRET, 'c', 'v1..').ok).toBe(false);
    expect(unseal(SECRET, 'c', 'v2...').ok).toBe(false);
  });

  it('opens what was sealed before sealed texts named their master key', () => {
    const [, , key, text] = seal(SECRET, 'c', 'x').split('.');
    const old = `v1.${String(key)}.${String(text)}`;
    expect(sealedBy(old)).toBeNull();
    expect(unseal(SECRET, 'c', old)).toEqual({ ok: true, value: 'x' });
    const moved = reseal({ from: SECRET, to: 'another root secret' }, 'c', old);
    expect(moved.ok && sealedBy(moved.value)).toBe(masterId('another root secret'));
  });

  it('a data key opens its own text and no other', () => {
    const [one, two] = [seal(SECRET, 'c', 'x'), seal(SECRET, 'c', 'y')];
    const dataKey = openDataKey(SECRET, 'c', one) ?? Buffer.alloc(32);
    expect(unsealWith(dataKey, 'c', one)).toEqual({ ok: true, value: 'x' });
    expect(unsealWith(dataKey, 'd', one).ok).toBe(false);
    expect(unsealWith(dataKey, 'c', two).ok).toBe(false);
  });

  it('moves to another root secret without touching the text', () => {
    const moved = reseal({ from: SECRET, to: 'another root secret' }, 'c', seal(SECRET, 'c', 'x'));
    expect(moved.ok && unseal('another root secret', 'c', moved.value)).toEqual({ ok: true, value: 'x' });
    expect(moved.ok && unseal(SECRET, 'c', moved.value).ok).toBe(false);
    expect(reseal({ from: 'wrong', to: SECRET }, 'c', seal(SECRET, 'c', 'x')).ok).toBe(false);
  });
});

describe('TOTP', () => {
  it('gives the codes of RFC 6238, appendix B (SHA-1, last six digits)', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    const vectors: [number, string][] = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
      [20_000_000_000, '353130'],
    ];
    for (const [seconds, code] of vectors) expect(totpCode(secret, seconds * 1_000)).toBe(code);
  });

  it('takes a code once, within a step of the clock', () => {
    const secret = newTotpSecret();
    const nowMs = 1_700_000_000_000;
    const code = totpCode(secret, nowMs);
    const step = totpStepOf(code, { secret, nowMs, lastStep: null });
    expect(step).toBe(Math.floor(nowMs / 30_000));
    expect(totpStepOf(code, { secret, nowMs, lastStep: step })).toBeNull();
    expect(totpStepOf(code, { secret, nowMs: nowMs + 30_000, lastStep: null })).toBe(step);
    expect(totpStepOf(code, { secret, nowMs: nowMs + 90_000, lastStep: null })).toBeNull();
  });
});

describe('addresses', () => {
  it('knows networks and who is in them', () => {
    for (const good of ['10.0.0.0/8', '127.0.0.1', '::1', '2001:db8::/32']) expect(isNetwork(good)).toBe(true);
    for (const bad of ['10.0.0.0/33', 'host', '', '10.0.0.0/8/8', '::/129', '10.0.0.0/-1'])
      expect(isNetwork(bad)).toBe(false);
    expect(isInNetworks('10.2.3.4', ['10.0.0.0/8'])).toBe(true);
    expect(isInNetworks('::ffff:10.2.3.4', ['10.0.0.0/8'])).toBe(true);
    expect(isInNetworks('11.0.0.1', ['10.0.0.0/8', '12.0.0.1'])).toBe(false);
    expect(isInNetworks('2001:db8::5', ['2001:db8::/32'])).toBe(true);
    expect(isInNetworks('nonsense', ['::/0', '0.0.0.0/0'])).toBe(false);
  });
});

describe('tokens', () => {
  it('are of their shape, and keys of one purpose say nothing of another', () => {
    expect(isApiKey(newApiKey())).toBe(true);
    expect(isApiKey('wk_short')).toBe(false);
    expect(deriveKey(SECRET, 'a').equals(deriveKey(SECRET, 'b'))).toBe(false);
    expect(sameText('a', 'a')).toBe(true);
    expect(sameText('a', 'ab')).toBe(false);
  });

  it('recovery codes are ten, different, and forgiving of how they are typed', () => {
    const { codes, hashes } = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(recoveryHash(` ${(codes[0] ?? '').toUpperCase().replaceAll('-', ' ')}`)).toBe(hashes[0]);
  });

  it('usernames have one spelling', () => {
    expect(normalUsername(' Ada@Example.org ')).toBe('ada@example.org');
    for (const bad of ['a', '', 'has space', '-x', 'x'.repeat(65), 'näme']) expect(normalUsername(bad)).toBeNull();
  });
});

describe('audit hashes', () => {
  const entry = {
    timeMs: 1,
    actorId: 'u',
    actorName: 'ada',
    by: 'session',
    action: 'user.add',
    target: 'user:x',
    before: null,
    after: '{}',
    address: '::1',
    agent: 'a',
    requestId: 'r',
  };
  const link = { seq: 1, previousHash: AUDIT_START };
  const hash = auditHash(auditKey(SECRET), entry, link);

  it.each(Object.keys(entry))('change with %s', (field) => {
    expect(auditHash(auditKey(SECRET), { ...entry, [field]: 'other' }, link)).not.toBe(hash);
  });

  it('change with place and secret', () => {
    expect(auditHash(auditKey(SECRET), entry, { ...link, seq: 2 })).not.toBe(hash);
    expect(auditHash(auditKey(SECRET), entry, { ...link, previousHash: 'f' })).not.toBe(hash);
    expect(auditHash(auditKey('other'), entry, link)).not.toBe(hash);
  });
});
