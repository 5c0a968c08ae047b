import { err, ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';

/** `wick invitation remove ID`: takes it back. */
export const invitationRemove: RegisterCommand = (parent, world, done) => {
  parent
    .command('remove <id>')
    .description('take an invitation back')
    .action((id: string) =>
      done(
        withOffice(world, async ({ stores, audit }) => {
          if (!(await stores.invitations.remove(id))) return err(failed(`there is no invitation "${id}"`));
          await audit({ action: 'invitation.remove', target: `invitation:${id}` });
          return ok({ json: { id }, text: 'it is taken back' });
        }),
      ),
    );
};
