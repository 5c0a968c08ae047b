import { err, ok } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';

/** `wick session end ID --user NAME` or `--all`: signs somebody out. */
export const sessionEnd: RegisterCommand = (parent, world, done) => {
  parent
    .command('end [id]')
    .description('end one session of an account, or all; a running server follows within seconds')
    .requiredOption('--user <name>', 'account')
    .option('--all', 'every session')
    .action((id: string | undefined, { user, all = false }: { user: string; all?: boolean }) =>
      done(
        withOffice(world, async (office) => {
          if ((id === undefined) !== all) return err(wrongUsage('name one session, or use --all'));
          const found = await findUser(office, user);
          if (!found.ok) return found;
          const { stores, nowMs, audit } = office;
          const userId = found.value.id;
          const by = { by: 'revoked', nowMs };
          const ended =
            id === undefined
              ? (await stores.sessions.endAll(userId, by)).length
              : Number(await stores.sessions.end(id, { userId, ...by }));
          if (id !== undefined && ended === 0) return err(failed(`${user} has no session "${id}"`));
          const target = id === undefined ? `user:${userId}` : `session:${id}`;
          await audit({ action: 'session.revoke', target, after: { ended } });
          return ok({ json: { ended }, text: `sessions ended: ${ended}` });
        }),
      ),
    );
};
