import { err, ok } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';

/** `wick user disable NAME`: ends its sessions and keeps it out; `--undo` lets it in again. */
export const userDisable: RegisterCommand = (parent, world, done) => {
  parent
    .command('disable <name>')
    .description('keep an account out; its sessions end')
    .option('--undo', 'let it in again')
    .action((name: string, { undo = false }: { undo?: boolean }) =>
      done(
        withOffice(world, async (office) => {
          const { stores, nowMs, audit } = office;
          const found = await findUser(office, name);
          if (!found.ok) return found;
          const { id, username, role, disabledMs } = found.value;
          const isLastAdmin = role === 'admin' && disabledMs === null && (await stores.users.activeAdmins()) === 1;
          if (!undo && isLastAdmin) return err(failed(`${username} is the last admin; make another one first`));
          await stores.users.update(id, { disabledMs: undo ? null : nowMs }, { nowMs });
          if (!undo) await stores.sessions.endAll(id, { by: 'disabled', nowMs });
          await audit({ action: 'user.update', target: `user:${id}`, after: { isDisabled: !undo } });
          return ok({
            json: { id, username, isDisabled: !undo },
            text: `${username} is ${undo ? 'let in again' : 'kept out'}`,
          });
        }),
      ),
    );
};
