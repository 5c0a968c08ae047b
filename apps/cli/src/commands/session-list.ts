import { ok, timeText } from '@wickworks/core';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { table } from '../text.js';

/** `wick session list --user NAME`: where somebody is signed in. */
export const sessionList: RegisterCommand = (parent, world, done) => {
  parent
    .command('list')
    .description('where an account is signed in')
    .requiredOption('--user <name>', 'account')
    .action(({ user }: { user: string }) =>
      done(
        withOffice(world, async (office) => {
          const found = await findUser(office, user);
          if (!found.ok) return found;
          const sessions = await office.stores.sessions.listLive(found.value.id, office.nowMs);
          const json = sessions.map(({ id, method, address, agent, createdMs, usedMs, expiresMs }) => ({
            ...{ id, method, address, agent, createdMs, usedMs, expiresMs },
          }));
          const rows = json.map((one) => [
            one.id,
            one.method,
            one.address,
            timeText(one.usedMs),
            timeText(one.expiresMs),
          ]);
          return ok({ json, text: table(['id', 'signed in by', 'address', 'last used', 'ends'], rows) });
        }),
      ),
    );
};
