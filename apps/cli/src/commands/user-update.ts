import { err, ok, ROLES, type Role } from '@wickworks/core';
import { Option } from 'commander';
import { findUser, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';

const ADDRESS = /^[^\s<>@",;]{1,64}@[^\s<>@",;]{1,189}$/;

interface Options {
  readonly role?: Role;
  readonly displayName?: string;
  readonly mail?: string;
}

/** `wick user update NAME`: another role, name or mail address. */
export const userUpdate: RegisterCommand = (parent, world, done) => {
  parent
    .command('update <name>')
    .description('change what an account may do, what it is called, where its mail goes')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES))
    .option('--display-name <text>', 'what it is called')
    .option('--mail <address>', 'where its mail goes, taken as confirmed; "none" for nowhere')
    .action((name: string, { role, displayName, mail }: Options) =>
      done(
        withOffice(world, async (office) => {
          const { stores, nowMs, audit } = office;
          const found = await findUser(office, name);
          if (!found.ok) return found;
          const user = found.value;
          if (mail !== undefined && mail !== 'none' && !ADDRESS.test(mail))
            return err(wrongUsage(`"${mail}" is no mail address`));
          const called = displayName?.trim();
          if (called !== undefined && (called === '' || called.length > 80))
            return err(wrongUsage('--display-name takes 1 to 80 characters'));
          const losesAdmin =
            user.role === 'admin' && user.disabledMs === null && role !== undefined && role !== 'admin';
          if (losesAdmin && (await stores.users.activeAdmins()) === 1)
            return err(failed(`${user.username} is the last admin; make another one first`));
          const change = {
            ...(role !== undefined && { role }),
            ...(called !== undefined && { name: called }),
            ...(mail !== undefined && { mailAddress: mail === 'none' ? null : mail }),
          };
          if (Object.keys(change).length === 0) return err(wrongUsage('say what to change'));
          await stores.users.update(user.id, change, { nowMs });
          const before = { role: user.role, name: user.name, mailAddress: user.mailAddress };
          const after = { ...before, ...change };
          await audit({ action: 'user.update', target: `user:${user.id}`, before, after });
          return ok({
            json: { id: user.id, username: user.username, ...after },
            text: `${user.username}: ${after.role}, "${after.name}", mail ${after.mailAddress ?? 'nowhere'}`,
          });
        }),
      ),
    );
};
