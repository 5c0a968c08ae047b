import { randomUUID } from 'node:crypto';
import { randomToken, tokenHash } from '@wickworks/accounts';
import { SYSTEM_DEFAULTS } from '@wickworks/contracts';
import { ok, type Role, ROLES, timeText } from '@wickworks/core';
import { Option } from 'commander';
import { withOffice } from '../accounts/office.js';
import { settingsDesk } from '../accounts/settings-desk.js';
import type { RegisterCommand } from '../context.js';

const DAY_MS = 24 * 60 * 60_000;

/** `wick invitation create`: leave to make one account, shown once. */
export const invitationCreate: RegisterCommand = (parent, world, done) => {
  parent
    .command('create')
    .description('invite somebody; the token is shown once')
    .addOption(new Option('--role <role>', 'what the account may do').choices(ROLES).default('viewer'))
    .action(({ role }: { role: Role }) =>
      done(
        withOffice(world, async (office) => {
          const { stores, nowMs, audit } = office;
          const desk = await settingsDesk(office, undefined);
          if (!desk.ok) return desk;
          const { invitationDays } = (await desk.value.book.read(desk.value.owner)).chosen;
          const days = typeof invitationDays === 'number' ? invitationDays : SYSTEM_DEFAULTS.invitationDays;
          const [id, token] = [randomUUID(), randomToken(24)];
          const expiresMs = nowMs + days * DAY_MS;
          const row = { id, hash: tokenHash(token), role, createdBy: '', createdMs: nowMs, expiresMs };
          await stores.invitations.add(row);
          await audit({ action: 'invitation.create', target: `invitation:${id}`, after: { role, expiresMs } });
          return ok({ json: { id, role, expiresMs, token }, text: `${token} (${role}, until ${timeText(expiresMs)})` });
        }),
      ),
    );
};
