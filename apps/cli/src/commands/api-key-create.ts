import { randomUUID } from 'node:crypto';
import { isNetwork, newApiKey, tokenHash } from '@wickworks/accounts';
import { DisplayName } from '@wickworks/contracts';
import { err, ok, SCOPES, type Scope } from '@wickworks/core';
import { Option } from 'commander';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { wrongUsage } from '../failure.js';
import { parseNumber } from '../options.js';

const DAY_MS = 24 * 60 * 60_000;
const HINT_LENGTH = 9;

interface Options {
  readonly user: string;
  readonly scope: readonly Scope[];
  readonly network?: readonly string[];
  readonly days?: number;
}

/** `wick api-key create NAME --user U --scope …`: a key for a script, shown once. */
export const apiKeyCreate: RegisterCommand = (parent, world, done) => {
  parent
    .command('create <name>')
    .description('create an API key and show it, once')
    .requiredOption('--user <name>', 'account it acts for')
    .addOption(new Option('--scope <scope...>', 'what it may do').choices(SCOPES).makeOptionMandatory())
    .option('--network <address...>', 'only from these addresses or networks, such as 10.0.0.0/8')
    .option('--days <days>', 'good for so many days', parseNumber({ what: 'days', min: 1, max: 3650, whole: true }))
    .action((given: string, { user: owner, scope, network = [], days }: Options) =>
      done(
        withOffice(world, async (office) => {
          const named = DisplayName.safeParse(given);
          if (!named.success) return err(wrongUsage('the name of a key takes 1 to 80 characters'));
          const name = named.data;
          const wrong = network.find((one) => !isNetwork(one));
          if (wrong !== undefined) return err(wrongUsage(`"${wrong}" is neither an address nor a network`));
          const found = await findUser(office, owner);
          if (!found.ok) return found;
          const key = newApiKey();
          const id = randomUUID();
          const expiresMs = days === undefined ? null : office.nowMs + days * DAY_MS;
          const scopes = [...new Set(scope)];
          await office.stores.apiKeys.add({
            ...{ id, userId: found.value.id, name, hash: tokenHash(key), hint: key.slice(0, HINT_LENGTH) },
            ...{ scopes, networks: network, createdMs: office.nowMs, expiresMs },
          });
          await office.audit({ action: 'api-key.create', target: `api-key:${id}`, after: { name, scopes, owner } });
          return ok({ json: { id, name, scopes, expiresMs, key }, text: key });
        }),
      ),
    );
};
