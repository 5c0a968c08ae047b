import { ok, timeText } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { table } from '../text.js';

/** `wick credential list --user NAME`: keys at exchanges, without what is secret. */
export const credentialList: RegisterCommand = (parent, world, done) => {
  parent
    .command('list')
    .description('list keys at exchanges')
    .requiredOption('--user <name>', 'whose')
    .action(({ user }: { user: string }) =>
      done(
        withOffice(world, async (office) => {
          const found = await findUser(office, user);
          if (!found.ok) return found;
          const kept = await office.stores.exchangeCredentials.list({ userId: found.value.id });
          const json = kept.map(({ sealed: _, userId: __, permissions, ...shown }) => ({
            ...shown,
            permissions: permissions === null ? null : (JSON.parse(permissions) as unknown),
          }));
          const rows = kept.map((row) => [
            ...[row.id, row.exchange, row.label, row.hint, timeText(row.updatedMs)],
            row.permissions ?? 'not asked',
          ]);
          return ok({ json, text: table(['id', 'exchange', 'label', 'key', 'stored', 'may do'], rows) });
        }),
      ),
    );
};
