import { createHmac } from 'node:crypto';
import { deriveKey, sameText } from './tokens.js';

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

/** The entry that begins a stretch under a new root secret; its `before` holds the key of the stretch it ends. */
export const SECRET_ROTATED = 'secret.rotate';

/** An entry with its place in the chain. */
export interface AuditLink extends AuditFacts {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** The log as far as writing and checking need it. */
export interface AuditChain {
  append(
    facts: AuditFacts,
    link: (seq: number, previousHash: string | null) => { previousHash: string; hash: string },
  ): Promise<unknown>;
  /** The `limit` entries after `seq`, oldest first. */
  readAfter(seq: number, limit: number): Promise<readonly AuditLink[]>;
  highestSeq(): Promise<number>;
}

/** Appends an entry, linked to the one before; resolves when it is stored. */
export async function appendAudit(chain: AuditChain, key: Buffer, facts: AuditFacts): Promise<void> {
  await chain.append(facts, (seq, last) => {
    const previousHash = last ?? AUDIT_START;
    return { previousHash, hash: auditHash(key, facts, { seq, previousHash }) };
  });
}

/** What a walk along the whole log found: `fault` names the first entry that is not as it was written. */
export interface AuditFinding {
  readonly entries: number;
  readonly fault: { readonly seq: number; readonly reason: string } | null;
}

const PAGE = 1_000;

/**
 * Walks the log from its first entry: every one must follow the one before and have the hash its facts give. Entries
 * changed, removed, inserted or cut off the end are found by whoever has the installation's present secret: each
 * change of the secret is an entry under the new key that carries the former one, which is then good for reading only.
 */
export async function verifyAudit(chain: AuditChain, key: Buffer): Promise<AuditFinding> {
  const keys = [...(await formerKeys(chain)), key];
  let current = 0;
  let last = { seq: 0, hash: AUDIT_START };
  for await (const entry of walk(chain)) {
    if (entry.action === SECRET_ROTATED) current++;
    const reason = faultOf(entry, last, keys[current]);
    if (reason !== null) return { entries: last.seq, fault: { seq: entry.seq, reason } };
    last = entry;
  }
  const highest = await chain.highestSeq();
  const cut = highest > last.seq ? { seq: last.seq + 1, reason: 'entries were cut off the end' } : null;
  return { entries: last.seq, fault: cut };
}

function faultOf(entry: AuditLink, last: { seq: number; hash: string }, key: Buffer | undefined): string | null {
  if (entry.seq !== last.seq + 1) return 'an entry before it is missing';
  if (entry.previousHash !== last.hash) return 'it does not follow the entry before';
  if (!key || !sameText(entry.hash, auditHash(key, entry, entry))) return 'it is not what was written';
  return null;
}

async function formerKeys(chain: AuditChain): Promise<Buffer[]> {
  const keys: Buffer[] = [];
  for await (const { action, before } of walk(chain))
    if (action === SECRET_ROTATED && before !== null) keys.push(Buffer.from(before.replaceAll('"', ''), 'base64url'));
  return keys;
}

async function* walk(chain: AuditChain): AsyncGenerator<AuditLink> {
  for (let seq = 0; ;) {
    const page = await chain.readAfter(seq, PAGE);
    yield* page;
    const end = page.at(-1);
    if (!end) return;
    seq = end.seq;
  }
}
