import { randomUUID } from 'node:crypto';
import { normalUsername } from '@wickworks/accounts';
import { err, LOCAL_USER_ID, ok, ROLES, type Role } from '@wickworks/core';
import { Option } from 'commander';
import { newPassword, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';

/** `wick user add NAME`: creates an account; the first one is an admin. */
export const userAdd: RegisterCommand = (parent, world, done) => {
  parent
    .command('add <name>')
    .description('create an account; without --password-file a password is made and shown once')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('trader'))
    .option('--password-file <file>', 'take the password from this file')
    .action((given: string, { role, passwordFile }: { role: Role; passwordFile?: string }) =>
      done(
        withOffice(world, async ({ stores, nowMs, audit }) => {
          const username = normalUsername(given);
          if (username === null) return err(wrongUsage('a name has 2 to 64 letters, digits and . _ @ + -'));
          const isFirst = await stores.users.isEmpty();
          if (isFirst && role !== 'admin')
            return err(wrongUsage('the first account must be an admin: add --role admin'));
          const password = await newPassword(world, username, passwordFile);
          if (!password.ok) return password;
          const id = isFirst ? LOCAL_USER_ID : randomUUID();
          const row = { id, username, name: username, role, passwordHash: password.value.hash, clerkId: null };
          const user = await stores.users.add(row, { nowMs, onlyAsFirst: isFirst });
          if (!user) return err(failed(`there is an account "${username}" already`));
          await audit({ action: 'user.add', target: `user:${id}`, after: { username, role } });
          const { text, isMade } = password.value;
          return ok({
            json: { id, username, role, ...(isMade && { password: text }) },
            text: `${username} (${role}) can sign in${isMade ? ` with the password ${text}` : ''}`,
          });
        }),
      ),
    );
};
