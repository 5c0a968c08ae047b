import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openDataKey, seal, sealContext } from '@wickworks/accounts';
import type { CredentialRequest, CredentialView } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { ExchangeFailure, KeyPermissions, SealedKeys } from '@wickworks/exchange';
import type { ExchangeCredentialRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import { credentialView, permissionsText } from './key-permissions.js';
import type { Principal } from './principal.js';

const HINT_LENGTH = 4;
/** Whoever stores keys does not wait longer for the exchange: what they may do can be asked again. */
const ANSWER_WITHIN_MS = 10_000;
const unknownCredential = (id: string): Refusal => refuse('not-found', `there are no keys "${id}" at this exchange`);

/** Asks an exchange, in its worker, what sealed keys may do. */
export type AskPermissions = (exchange: string, keys: SealedKeys) => Promise<Result<KeyPermissions, ExchangeFailure>>;

/** Somebody's keys at exchanges: what goes in comes out only in the exchange's worker. */
export class ExchangeCredentials {
  readonly #parts: AccountParts;
  #ask: AskPermissions | undefined;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** From now on exchanges are asked by `ask`; until then keys are stored unchecked. */
  connect(ask: AskPermissions): void {
    this.#ask = ask;
  }

  async list(principal: Principal, exchange: string): Promise<CredentialView[]> {
    const rows = await this.#parts.stores.exchangeCredentials.list({ userId: principal.userId, exchange });
    return rows.map(credentialView);
  }

  async find(
    principal: Principal,
    { exchange, id }: { exchange: string; id: string },
  ): Promise<Result<CredentialView, Refusal>> {
    const row = await this.#parts.stores.exchangeCredentials.find(id, principal.userId);
    return row?.exchange === exchange ? ok(credentialView(row)) : err(unknownCredential(id));
  }

  async add(principal: Principal, exchange: string, given: CredentialRequest, origin: Origin): Promise<CredentialView> {
    const { stores, nowMs, audit } = this.#parts;
    const id = randomUUID();
    const row = await stores.exchangeCredentials.add({
      ...{ id, userId: principal.userId, exchange, createdMs: nowMs(), updatedMs: nowMs() },
      ...this.#sealed(id, given),
      permissions: null,
    });
    const after = credentialView(await this.#checked(row));
    await audit.write(principal, origin, { action: 'credential.add', target: `credential:${id}`, after });
    return after;
  }

  async replace(
    principal: Principal,
    {
      exchange,
      id,
      expected,
      given,
    }: { exchange: string; id: string; expected: number | 'any'; given: CredentialRequest },
    origin: Origin,
  ): Promise<Result<CredentialView, Refusal>> {
    const { stores, nowMs, audit } = this.#parts;
    const { userId } = principal;
    const before = await stores.exchangeCredentials.find(id, userId);
    if (before?.exchange !== exchange) return err(unknownCredential(id));
    // What other keys may do says nothing about these.
    const change = { ...this.#sealed(id, given), permissions: null };
    const row = await stores.exchangeCredentials.update({ id, userId, expected }, change, nowMs());
    if (!row) return err(CHANGED);
    const views = { before: credentialView(before), after: credentialView(await this.#checked(row)) };
    await audit.write(principal, origin, { action: 'credential.replace', target: `credential:${id}`, ...views });
    return ok(views.after);
  }

  /** Asks the exchange again what keys may do. */
  async check(
    principal: Principal,
    { exchange, id }: { exchange: string; id: string },
  ): Promise<Result<CredentialView, Refusal>> {
    const row = await this.#parts.stores.exchangeCredentials.find(id, principal.userId);
    if (row?.exchange !== exchange) return err(unknownCredential(id));
    return ok(credentialView(await this.#checked(row)));
  }

  async remove(
    principal: Principal,
    { exchange, id, expected }: { exchange: string; id: string; expected: number | 'any' },
    origin: Origin,
  ): Promise<Result<void, Refusal>> {
    const { stores, audit } = this.#parts;
    const { userId } = principal;
    const found = await stores.exchangeCredentials.find(id, userId);
    if (found?.exchange !== exchange) return err(unknownCredential(id));
    if (!(await stores.exchangeCredentials.remove({ id, userId, expected }))) return err(CHANGED);
    const before = credentialView(found);
    await audit.write(principal, origin, { action: 'credential.remove', target: `credential:${id}`, before });
    return ok(undefined);
  }

  /** The row with what the exchange says now; as it was when there is no answer. */
  async #checked(row: ExchangeCredentialRow): Promise<ExchangeCredentialRow> {
    const { stores, secret, nowMs } = this.#parts;
    const context = sealContext('exchange-credential', row.id);
    const dataKey = openDataKey(secret, context, row.sealed);
    if (!this.#ask || dataKey === null) return row;
    const waited = new AbortController();
    const late = pause(ANSWER_WITHIN_MS, null, { signal: waited.signal, ref: false }).catch(() => null);
    const answer = await Promise.race([this.#ask(row.exchange, { dataKey, context, sealed: row.sealed }), late]);
    waited.abort();
    const permissions = answer && permissionsText(answer, nowMs());
    if (permissions === null) return row;
    await stores.exchangeCredentials.notePermissions(row, permissions);
    return { ...row, permissions };
  }

  #sealed(id: string, { label, ...keys }: CredentialRequest): Pick<ExchangeCredentialRow, 'label' | 'hint' | 'sealed'> {
    const sealed = seal(this.#parts.secret, sealContext('exchange-credential', id), JSON.stringify(keys));
    return { label, hint: `${keys.apiKey.slice(0, HINT_LENGTH)}…`, sealed };
  }
}

const CHANGED = refuse('precondition-failed', 'it has changed since you read it; read it again');
