import { err, ok } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';

/** `wick credential remove ID --user NAME`: forgets keys at an exchange. */
export const credentialRemove: RegisterCommand = (parent, world, done) => {
  parent
    .command('remove <id>')
    .description('forget keys at an exchange')
    .requiredOption('--user <name>', 'whose')
    .action((id: string, { user }: { user: string }) =>
      done(
        withOffice(world, async (office) => {
          const found = await findUser(office, user);
          if (!found.ok) return found;
          const which = { id, userId: found.value.id, expected: 'any' as const };
          if (!(await office.stores.exchangeCredentials.remove(which)))
            return err(failed(`${user} has no keys "${id}"`));
          await office.audit({ action: 'credential.remove', target: `credential:${id}` });
          return ok({ json: { id }, text: 'they are forgotten; remove them at the exchange, too' });
        }),
      ),
    );
};
