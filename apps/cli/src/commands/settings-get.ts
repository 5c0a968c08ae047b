import { err, ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import { settingsDesk } from '../accounts/settings-desk.js';
import type { RegisterCommand } from '../context.js';
import { wrongUsage } from '../failure.js';
import { table } from '../text.js';

/** `wick settings get [NAME]`: settings as they hold, and where each comes from. */
export const settingsGet: RegisterCommand = (parent, world, done) => {
  parent
    .command('get [name]')
    .description('show settings of the installation, or with --user of somebody, and where each comes from')
    .option('--user <name>', 'settings of this account')
    .action((name: string | undefined, { user }: { user?: string }) =>
      done(
        withOffice(world, async (office) => {
          const desk = await settingsDesk(office, user);
          if (!desk.ok) return desk;
          const { book, owner, defaults, fixed } = desk.value;
          const { chosen, version } = await book.read(owner);
          const values: Record<string, unknown> = { ...defaults, ...chosen, ...fixed };
          if (name !== undefined && !Object.hasOwn(values, name))
            return err(wrongUsage(`there is no setting "${name}"`));
          const shown = name === undefined ? Object.keys(values) : [name];
          const rows = shown.map((one) => ({
            name: one,
            value: values[one],
            source: Object.hasOwn(fixed, one) ? 'environment' : Object.hasOwn(chosen, one) ? 'stored' : 'default',
          }));
          const cells = rows.map((row) => [row.name, textOf(row.value), row.source]);
          return ok({ json: { version, settings: rows }, text: table(['setting', 'value', 'source'], cells) });
        }),
      ),
    );
};

const textOf = (value: unknown): string =>
  value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
