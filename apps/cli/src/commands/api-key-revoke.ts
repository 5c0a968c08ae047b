import { err, ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';

/** `wick api-key revoke ID`. */
export const apiKeyRevoke: RegisterCommand = (parent, world, done) => {
  parent
    .command('revoke <id>')
    .description('revoke an API key; a running server refuses it within seconds')
    .action((id: string) =>
      done(
        withOffice(world, async ({ stores, nowMs, audit }) => {
          const key = await stores.apiKeys.revoke(id, { nowMs });
          if (!key) return err(failed(`there is no API key "${id}"`));
          await audit({ action: 'api-key.revoke', target: `api-key:${id}`, after: { name: key.name } });
          return ok({ json: { id, name: key.name, revokedMs: nowMs }, text: `${key.name} is revoked` });
        }),
      ),
    );
};
