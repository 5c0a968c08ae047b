import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { auditText, type AuditFormat } from '@wickworks/accounts';
import { err, ok } from '@wickworks/core';
import type { AuditFilter } from '@wickworks/db';
import { Option } from 'commander';
import { findUser, withOffice, type Office } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';
import { parseTime } from '../options.js';

const PAGE = 500;

interface Options {
  readonly out: string;
  readonly format: AuditFormat;
  readonly user?: string;
  readonly action?: string;
  readonly target?: string;
  readonly from?: number;
  readonly to?: number;
}

/** `wick audit export --out FILE`: the log, or what passes the filters, oldest first. */
export const auditExport: RegisterCommand = (parent, world, done) => {
  parent
    .command('export')
    .description('write the audit log to a file; it is written anew')
    .requiredOption('--out <file>', 'file to write')
    .addOption(new Option('--format <format>', 'how').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--user <name>', 'only what this account did')
    .option('--action <action>', 'only this action, such as session.begin')
    .option('--target <target>', 'only what was done to this, such as user:ID')
    .option('--from <time>', 'from this time on', parseTime)
    .option('--to <time>', 'before this time', parseTime)
    .action(({ out, format, user, from, to, action, target }: Options) =>
      done(
        withOffice(world, async (office) => {
          const actor = user === undefined ? null : await findUser(office, user);
          if (actor && !actor.ok) return actor;
          const filter = { actorId: actor?.value.id, action, target, fromMs: from, toMs: to };
          let entries = 0;
          const counted = walk(office, filter, () => entries++);
          const path = resolve(world.cwd, out);
          try {
            await pipeline(Readable.from(auditText(counted, format)), createWriteStream(path, { mode: 0o600 }));
          } catch (error) {
            return err(failed(`${path}: ${error instanceof Error ? error.message : String(error)}`));
          }
          await office.audit({ action: 'audit.export', target: 'audit-log', after: { format, entries } });
          return ok({ json: { path, entries }, text: `entries: ${entries}, in ${path}` });
        }),
      ),
    );
};

/** Every entry that passes, with `before` and `after` as data. */
async function* walk({ stores }: Office, filter: AuditFilter, note: () => void) {
  for (let seq = 0; ;) {
    const page = await stores.audit.listAfter(filter, seq, PAGE);
    for (const { previousHash: _, before, after, ...entry } of page) {
      note();
      yield { ...entry, before: dataOf(before), after: dataOf(after) };
    }
    const last = page.at(-1);
    if (!last) return;
    seq = last.seq;
  }
}

const dataOf = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
