import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { seal, sealContext } from '@wickworks/accounts';
import { CredentialRequest, issuesOf } from '@wickworks/contracts';
import { err, ok } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';
import { parseExchange } from '../options.js';

const HINT_LENGTH = 4;

interface Options {
  readonly user: string;
  readonly exchange: string;
  readonly label: string;
  readonly keyFile: string;
}

/** `wick credential add`: stores keys at an exchange, sealed. They come from a file, never from the command line. */
export const credentialAdd: RegisterCommand = (parent, world, done) => {
  parent
    .command('add')
    .description('store keys at an exchange, sealed; what they may do is asked when the server is told to check them')
    .requiredOption('--user <name>', 'whose')
    .requiredOption('--exchange <id>', 'exchange id', parseExchange)
    .requiredOption('--label <text>', 'what to call them')
    .requiredOption('--key-file <file>', 'JSON: {"apiKey":"…","secret":"…","passphrase":"…"}')
    .action(({ user, exchange, label, keyFile }: Options) =>
      done(
        withOffice(world, async (office) => {
          const { stores, secret, nowMs, config, audit } = office;
          if (!config.exchanges.includes(exchange)) return err(failed(`WICK_EXCHANGES does not name "${exchange}"`));
          const found = await findUser(office, user);
          if (!found.ok) return found;
          const text = await readFile(resolve(world.cwd, keyFile), 'utf8').catch(() => null);
          if (text === null) return err(wrongUsage(`the key file ${keyFile} cannot be read`));
          const given = CredentialRequest.safeParse({ ...objectOf(text), label });
          // What is wrong is told without what was given.
          if (!given.success) return err(wrongUsage(faultText(keyFile, text, issuesOf(given.error))));
          const { label: name, ...keys } = given.data;
          const id = randomUUID();
          await stores.exchangeCredentials.add({
            ...{ id, userId: found.value.id, exchange, label: name, hint: `${keys.apiKey.slice(0, HINT_LENGTH)}…` },
            sealed: seal(secret, sealContext('exchange-credential', id), JSON.stringify(keys)),
            ...{ permissions: null, createdMs: nowMs, updatedMs: nowMs },
          });
          await audit({ action: 'credential.add', target: `credential:${id}`, after: { exchange, label: name } });
          return ok({ json: { id, exchange, label: name }, text: `stored as ${id}` });
        }),
      ),
    );
};

/** Which field is at fault; values may be secrets, and are not in it. */
function faultText(keyFile: string, text: string, issues: readonly { path: string; message: string }[]): string {
  const label = issues.find(({ path }) => path === 'label');
  if (label) return `--label: ${label.message}`;
  if (Object.keys(objectOf(text)).length === 0) return `${keyFile}: expected {"apiKey":"…","secret":"…"} as JSON`;
  return issues.map(({ path, message }) => `${keyFile}: ${path} ${message}`).join('\n');
}

function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
