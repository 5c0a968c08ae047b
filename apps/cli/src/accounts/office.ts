import { appendAudit, auditKey, passwordFault, Passwords, randomToken } from '@wickworks/accounts';
import { HALF_ROTATED, isHalfRotated, loadSecret } from '@wickworks/accounts/root-secret';
import type { Config } from '@wickworks/config';
import { err, ok, type Result } from '@wickworks/core';
import type { AccountStores, UserRow } from '@wickworks/db';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { withDatabase, type CommandResult, type World } from '../context.js';
import { failed, wrongUsage, type CommandFailure } from '../failure.js';

/** What commands about accounts work with; each change of theirs is an entry of the audit log. */
export interface Office {
  readonly stores: AccountStores;
  readonly config: Config;
  readonly secret: string;
  readonly nowMs: number;
  readonly audit: (deed: { action: string; target: string; before?: unknown; after?: unknown }) => Promise<void>;
}

/** Runs `work` with the accounts of the installation, whether its server runs or not. */
export function withOffice(
  world: World,
  work: (office: Office) => Promise<CommandResult>,
  { evenHalfRotated = false }: { evenHalfRotated?: boolean } = {},
): Promise<CommandResult> {
  return withDatabase(world, async ({ accounts: stores }, config) => {
    if (!evenHalfRotated && isHalfRotated(config.dataDir)) return err(failed(HALF_ROTATED));
    const secret = await loadSecret(config.secret, config.dataDir, { evenHalfRotated });
    const nowMs = world.nowMs();
    const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
    const audit: Office['audit'] = ({ action, target, before, after }) =>
      appendAudit(stores.audit, auditKey(secret), {
        ...{ timeMs: nowMs, actorId: '', actorName: 'wick', by: 'cli', action, target },
        ...{ before: json(before), after: json(after) },
        ...{ address: '', agent: 'wick', requestId: '' },
      });
    return work({ stores, config, secret, nowMs, audit });
  });
}

/** The account of this name. */
export async function findUser({ stores }: Office, username: string): Promise<Result<UserRow, CommandFailure>> {
  const user = await stores.users.findByUsername(username.toLowerCase());
  return user ? ok(user) : err(failed(`there is no account "${username}"`));
}

/** A password read from a file, or made up (then `isMade`, and to be shown once), with its hash. */
export async function newPassword(
  world: World,
  username: string,
  file: string | undefined,
): Promise<Result<{ text: string; hash: string; isMade: boolean }, CommandFailure>> {
  const text =
    file === undefined ? randomToken(15) : await readFile(resolve(world.cwd, file), 'utf8').catch(() => null);
  if (text === null) return err(wrongUsage(`the password file ${String(file)} cannot be read`));
  const password = text.replace(/\r?\n$/, '');
  // Nobody could type it to sign in.
  if (/\p{Cc}/u.test(password))
    return err(failed(`the password in ${String(file)} must be one line, without control characters`));
  const fault = await passwordFault(password, [username]);
  if (fault !== null) return err(failed(file === undefined ? fault : `the password in ${file}: ${fault}`));
  const hash = await new Passwords().hash(password);
  return hash === null
    ? err(failed('the password could not be hashed'))
    : ok({ text: password, hash, isMade: file === undefined });
}
