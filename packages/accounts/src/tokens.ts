import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** An unguessable text of `bytes` random bytes, base64url. */
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored of a token: enough to recognise it, of no use to whoever reads the database. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

/** 32 bytes for one purpose out of the installation's root secret (HKDF-SHA256); purposes cannot be told from each other. */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'wickworks', purpose, 32));

const API_KEY = /^wk_[A-Za-z0-9_-]{43}$/;

/** A new API key; 256 random bits, so a fast hash of it is as good as a slow one. */
export const newApiKey = (): string => `wk_${randomToken()}`;

/** True for text of the shape of an API key. */
export const isApiKey = (text: string): boolean => API_KEY.test(text);
