import { ok } from '@wickworks/core';
import { findUser, newPassword, withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';

/** `wick user reset-password NAME`: for whoever has lost the password, the authenticator, or both. */
export const userResetPassword: RegisterCommand = (parent, world, done) => {
  parent
    .command('reset-password <name>')
    .description('give an account a new password; its sessions and its second factor end')
    .option('--password-file <file>', 'take the password from this file')
    .action((name: string, { passwordFile }: { passwordFile?: string }) =>
      done(
        withOffice(world, async (office) => {
          const { stores, nowMs, audit } = office;
          const found = await findUser(office, name);
          if (!found.ok) return found;
          const { id, username } = found.value;
          const password = await newPassword(world, username, passwordFile);
          if (!password.ok) return password;
          const { text, hash, isMade } = password.value;
          const withoutTotp = { totpSecret: null, totpConfirmedMs: null, totpLastStep: null, recoveryHashes: [] };
          await stores.users.update(id, { passwordHash: hash, ...withoutTotp }, { nowMs });
          await stores.sessions.endAll(id, { by: 'password', nowMs });
          await audit({ action: 'user.reset-password', target: `user:${id}` });
          return ok({
            json: { id, username, ...(isMade && { password: text }) },
            text: `${username} has a new password${isMade ? `: ${text}` : ''}`,
          });
        }),
      ),
    );
};
