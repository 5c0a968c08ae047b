import { appendAudit, auditKey } from '@wickworks/accounts';
import type { AuditEntryView } from '@wickworks/contracts';
import type { AccountStores, AuditFilter, AuditRow } from '@wickworks/db';
import type { Principal } from './principal.js';

/** Where a request comes from, for sessions and the audit log. */
export interface Origin {
  readonly address: string;
  readonly agent: string;
  readonly requestId: string;
}

/** One thing somebody did; `before` and `after` are plain data without secrets. */
export interface Deed {
  readonly action: string;
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Who did it: somebody signed in, or a name that is all that is known. */
export type Actor = Pick<Principal, 'userId' | 'name' | 'by'>;

const WALK_PAGE = 500;

/** Writes and reads the audit log. */
export class Audit {
  readonly #log: AccountStores['audit'];
  readonly #key: Buffer;
  readonly #nowMs: () => number;
  #listener: ((actor: Actor, origin: Origin, deed: Deed) => Promise<void>) | undefined;

  constructor(input: { log: AccountStores['audit']; secret: string; nowMs: () => number }) {
    this.#log = input.log;
    this.#key = auditKey(input.secret);
    this.#nowMs = input.nowMs;
  }

  /** Calls `listener` after each entry; whoever wrote it does not wait for it, nor does its failure reach them. */
  listen(listener: (actor: Actor, origin: Origin, deed: Deed) => Promise<void>): void {
    this.#listener = listener;
  }

  /** Appends one entry; resolves when it is stored. */
  async write(actor: Actor, origin: Origin, deed: Deed): Promise<void> {
    const entry = {
      timeMs: this.#nowMs(),
      actorId: actor.userId,
      actorName: actor.name,
      by: actor.by,
      action: deed.action,
      target: deed.target,
      before: jsonOf(deed.before),
      after: jsonOf(deed.after),
      ...origin,
    };
    await appendAudit(this.#log, this.#key, entry);
    this.#listener?.(actor, origin, deed).catch(() => undefined);
  }

  /** Every entry that passes, oldest first, read as it is asked for; what is written meanwhile may be among them. */
  async *walk(filter: Omit<AuditFilter, 'beforeSeq'>): AsyncGenerator<AuditEntryView> {
    for (let seq = 0; ;) {
      const page = await this.#log.listAfter(filter, seq, WALK_PAGE);
      yield* page.map(viewOf);
      const last = page.at(-1);
      if (!last) return;
      seq = last.seq;
    }
  }

  /** The newest entries that pass. */
  async list(filter: AuditFilter, limit: number): Promise<AuditEntryView[]> {
    return (await this.#log.list(filter, limit)).map(viewOf);
  }
}

const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
const valueOf = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

function viewOf(row: AuditRow): AuditEntryView {
  const { previousHash: _, before, after, ...shown } = row;
  return { ...shown, before: valueOf(before), after: valueOf(after) };
}
