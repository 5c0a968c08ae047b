import { ok, timeText } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { table } from '../text.js';

/** `wick invitation list`: those that hold. */
export const invitationList: RegisterCommand = (parent, world, done) => {
  parent
    .command('list')
    .description('list invitations that hold')
    .action(() =>
      done(
        withOffice(world, async ({ stores, nowMs }) => {
          const open = await stores.invitations.listOpen(nowMs);
          const json = open.map(({ id, role, createdMs, expiresMs }) => ({ id, role, createdMs, expiresMs }));
          const rows = json.map(({ id, role, expiresMs }) => [id, role, timeText(expiresMs)]);
          return ok({ json, text: table(['id', 'role', 'until'], rows) });
        }),
      ),
    );
};
