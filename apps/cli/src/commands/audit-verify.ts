import { auditKey, verifyAudit } from '@wickworks/accounts';
import { ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';

/** `wick audit verify`: walks the chain; exit code 1 when an entry is not as it was written. */
export const auditVerify: RegisterCommand = (parent, world, done) => {
  parent
    .command('verify')
    .description('check that no entry of the audit log was changed, removed or added')
    .action(() =>
      done(
        withOffice(world, async ({ stores, secret }) => {
          const finding = await verifyAudit(stores.audit, auditKey(secret));
          const { entries, fault } = finding;
          const text = fault === null ? `all as written, entries: ${entries}` : `entry ${fault.seq}: ${fault.reason}`;
          return ok({ json: finding, text, sound: fault === null });
        }),
      ),
    );
};
