import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '@wickworks/core';
import { deriveKey } from './tokens.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const ID_BYTES = 6;
/** `v1` does not say which master key sealed it. */
const VERSIONS = ['v1', 'v2'];

/**
 * Seals text with AES-256-GCM under a data key of its own, and that key under the master key of `secret`
 * (envelope encryption): `v2.<id of the master key>.<sealed data key>.<sealed text>`. `context` (whose secret it is,
 * what for) is authenticated with it: a sealed text moved to another row does not open.
 */
export function seal(secret: string, context: string, text: string): string {
  const dataKey = randomBytes(KEY_BYTES);
  return written({
    master: masterId(secret),
    key: encrypt(masterKey(secret), `key:${context}`, dataKey),
    text: encrypt(dataKey, `text:${context}`, Buffer.from(text)),
  });
}

/** The text inside; an error when secret or context are not those it was sealed with, or a bit has changed. */
export function unseal(secret: string, context: string, sealed: string): Result<string, 'unreadable'> {
  const dataKey = openDataKey(secret, context, sealed);
  return dataKey === null ? err('unreadable') : unsealWith(dataKey, context, sealed);
}

/** The same sealed text under another root secret: only its data key is sealed anew. */
export function reseal(
  secrets: { readonly from: string; readonly to: string },
  context: string,
  sealed: string,
): Result<string, 'unreadable'> {
  const dataKey = openDataKey(secrets.from, context, sealed);
  const parts = partsOf(sealed);
  if (dataKey === null || parts === null) return err('unreadable');
  const key = encrypt(masterKey(secrets.to), `key:${context}`, dataKey);
  return ok(written({ master: masterId(secrets.to), key, text: parts.text }));
}

/** Tells master keys apart without telling anything about them. */
export const masterId = (secret: string): string =>
  deriveKey(secret, 'name of the master key').subarray(0, ID_BYTES).toString('base64url');

/** Whose master key sealed it; `null`: it does not say (`v1`), or is nothing sealed. */
export const sealedBy = (sealed: string): string | null => partsOf(sealed)?.master ?? null;

/**
 * The data key of one sealed text: enough to open that one ({@link unsealWith}), for a place that is to know nothing else.
 * `null` when secret or context are not those it was sealed with.
 */
export function openDataKey(secret: string, context: string, sealed: string): Buffer | null {
  const parts = partsOf(sealed);
  if (parts?.master !== null && parts?.master !== masterId(secret)) return null;
  const key = decrypt(masterKey(secret), `key:${context}`, parts.key);
  return key?.length === KEY_BYTES ? key : null;
}

/** The text inside, opened with its own data key. */
export function unsealWith(dataKey: Uint8Array, context: string, sealed: string): Result<string, 'unreadable'> {
  const parts = partsOf(sealed);
  const text = parts && decrypt(Buffer.from(dataKey), `text:${context}`, parts.text);
  return text === null ? err('unreadable') : ok(text.toString('utf8'));
}

interface Parts {
  readonly master: string | null;
  readonly key: Buffer;
  readonly text: Buffer;
}

const masterKey = (secret: string): Buffer => deriveKey(secret, 'encryption at rest');

const written = ({ master, key, text }: Parts): string =>
  ['v2', master, key.toString('base64url'), text.toString('base64url')].join('.');

function partsOf(sealed: string): Parts | null {
  const [version = '', ...rest] = sealed.split('.');
  const master = version === 'v2' ? (rest.shift() ?? null) : null;
  const [key, text] = rest;
  if (!VERSIONS.includes(version) || key === undefined || text === undefined) return null;
  return { master, key: Buffer.from(key, 'base64url'), text: Buffer.from(text, 'base64url') };
}

function encrypt(key: Buffer, context: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, context: string, sealed: Buffer): Buffer | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()]);
  } catch {
    return null; // the tag does not match
  }
}
