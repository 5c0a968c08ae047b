import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '@wickworks/core';
import { deriveKey } from './tokens.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const VERSION = 'v1';

/**
 * Seals text with AES-256-GCM under a data key of its own, and that key under the master key of `secret`
 * (envelope encryption): `v1.<sealed data key>.<sealed text>`. `context` (whose secret it is, what for) is
 * authenticated with it: a sealed text moved to another row does not open.
 */
export function seal(secret: string, context: string, text: string): string {
  const dataKey = randomBytes(KEY_BYTES);
  const sealed = [
    encrypt(masterKey(secret), `key:${context}`, dataKey),
    encrypt(dataKey, `text:${context}`, Buffer.from(text)),
  ];
  return [VERSION, ...sealed.map((part) => part.toString('base64url'))].join('.');
}

/** The text inside; an error when secret or context are not those it was sealed with, or a bit has changed. */
export function unseal(secret: string, context: string, sealed: string): Result<string, 'unreadable'> {
  const dataKey = openDataKey(secret, context, sealed);
  if (dataKey === null) return err('unreadable');
  const text = decrypt(dataKey, `text:${context}`, partOf(sealed, 2));
  return text === null ? err('unreadable') : ok(text.toString('utf8'));
}

/** The same sealed text under another root secret: only its data key is sealed anew. */
export function reseal(
  secrets: { readonly from: string; readonly to: string },
  context: string,
  sealed: string,
): Result<string, 'unreadable'> {
  const dataKey = openDataKey(secrets.from, context, sealed);
  if (dataKey === null) return err('unreadable');
  const key = encrypt(masterKey(secrets.to), `key:${context}`, dataKey);
  return ok([VERSION, key.toString('base64url'), sealed.split('.')[2] ?? ''].join('.'));
}

const masterKey = (secret: string): Buffer => deriveKey(secret, 'encryption at rest');
const partOf = (sealed: string, index: number): Buffer => Buffer.from(sealed.split('.')[index] ?? '', 'base64url');

function openDataKey(secret: string, context: string, sealed: string): Buffer | null {
  if (!sealed.startsWith(`${VERSION}.`)) return null;
  const key = decrypt(masterKey(secret), `key:${context}`, partOf(sealed, 1));
  return key?.length === KEY_BYTES ? key : null;
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
