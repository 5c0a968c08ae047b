import { randomUUID } from 'node:crypto';
import { seal, sealContext } from '@wickworks/accounts';
import type { CredentialRequest, CredentialView } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { ExchangeCredentialRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Principal } from './principal.js';

const HINT_LENGTH = 4;
const unknownCredential = (id: string): Refusal => refuse('not-found', `there are no keys "${id}" at this exchange`);

/** Somebody's keys at exchanges: what goes in comes out only to the exchange's worker. */
export class ExchangeCredentials {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  async list(principal: Principal, exchange: string): Promise<CredentialView[]> {
    const rows = await this.#parts.stores.exchangeCredentials.list({ userId: principal.userId, exchange });
    return rows.map(credentialView);
  }

  async add(principal: Principal, exchange: string, given: CredentialRequest, origin: Origin): Promise<CredentialView> {
    const { stores, nowMs, audit } = this.#parts;
    const id = randomUUID();
    const row = await stores.exchangeCredentials.add({
      ...{ id, userId: principal.userId, exchange, createdMs: nowMs(), updatedMs: nowMs() },
      ...this.#sealed(id, given),
      permissions: null,
    });
    const after = credentialView(row);
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
    const row = await stores.exchangeCredentials.update({ id, userId, expected }, this.#sealed(id, given), nowMs());
    if (!row) return err(CHANGED);
    const views = { before: credentialView(before), after: credentialView(row) };
    await audit.write(principal, origin, { action: 'credential.replace', target: `credential:${id}`, ...views });
    return ok(views.after);
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

  #sealed(id: string, { label, ...keys }: CredentialRequest): Pick<ExchangeCredentialRow, 'label' | 'hint' | 'sealed'> {
    const sealed = seal(this.#parts.secret, sealContext('exchange-credential', id), JSON.stringify(keys));
    return { label, hint: `${keys.apiKey.slice(0, HINT_LENGTH)}…`, sealed };
  }
}

const CHANGED = refuse('precondition-failed', 'it has changed since you read it; read it again');

/** The keys as they may be shown. */
const credentialView = (row: ExchangeCredentialRow): CredentialView => ({
  id: row.id,
  exchange: row.exchange,
  label: row.label,
  hint: row.hint,
  createdMs: row.createdMs,
  updatedMs: row.updatedMs,
  version: row.version,
  permissions: null,
  warnings: [{ code: 'not-checked', message: 'the exchange has not said yet what these keys may do' }],
});
