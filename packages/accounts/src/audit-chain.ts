import { createHmac } from 'node:crypto';
import { deriveKey } from './tokens.js';

/** What an audit entry says; times in ms UTC, `before` and `after` JSON text. */
export interface AuditFacts {
  readonly timeMs: number;
  readonly actorId: string;
  readonly actorName: string;
  /** How the actor was known: session, api-key, cli … */
  readonly by: string;
  readonly action: string;
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly address: string;
  readonly agent: string;
  readonly requestId: string;
}

/** What the first entry follows. */
export const AUDIT_START = '0'.repeat(64);

/** The key that links entries: whoever can write the database but does not know the secret cannot make a link. */
export const auditKey = (secret: string): Buffer => deriveKey(secret, 'audit log');

/** HMAC-SHA256 over the entry's place, its predecessor's hash and every fact, in a fixed order. */
export function auditHash(key: Buffer, entry: AuditFacts, link: { seq: number; previousHash: string }): string {
  const { timeMs, actorId, actorName, by, action, target, before, after, address, agent, requestId } = entry;
  const facts = [timeMs, actorId, actorName, by, action, target, before, after, address, agent, requestId];
  const text = JSON.stringify([link.seq, link.previousHash, ...facts]);
  return createHmac('sha256', key).update(text).digest('hex');
}
