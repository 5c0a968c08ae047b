import { ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { table } from '../text.js';

/** `wick user list`: every account. */
export const userList: RegisterCommand = (parent, world, done) => {
  parent
    .command('list')
    .description('list accounts')
    .action(() =>
      done(
        withOffice(world, async ({ stores }) => {
          const users = (await stores.users.list()).map(({ id, username, role, totpConfirmedMs, disabledMs }) => ({
            ...{ id, username, role, hasTotp: totpConfirmedMs !== null, isDisabled: disabledMs !== null },
          }));
          const rows = users.map((user) => [
            user.username,
            user.role,
            user.hasTotp ? 'yes' : 'no',
            user.isDisabled ? 'disabled' : '',
          ]);
          return ok({ json: users, text: table(['name', 'role', 'authenticator', ''], rows) });
        }),
      ),
    );
};
