import { ok, timeText } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import { settingsDesk } from '../accounts/settings-desk.js';
import type { RegisterCommand } from '../context.js';
import { parseNumber } from '../options.js';
import { table } from '../text.js';

/** `wick settings history`: who changed what, newest first. */
export const settingsHistory: RegisterCommand = (parent, world, done) => {
  parent
    .command('history')
    .description('who changed settings, when, before and after')
    .option('--user <name>', 'settings of this account')
    .option('--limit <n>', 'so many changes', parseNumber({ what: 'changes', min: 1, max: 10_000, whole: true }), 100)
    .action(({ user, limit }: { user?: string; limit: number }) =>
      done(
        withOffice(world, async (office) => {
          const desk = await settingsDesk(office, user);
          if (!desk.ok) return desk;
          const wanted = { beforeVersion: Number.MAX_SAFE_INTEGER, limit };
          const rows = await office.stores.settings.history(desk.value.owner, wanted);
          const json = rows.map(({ owner: _, before, after, ...row }) => ({
            ...row,
            before: JSON.parse(before) as unknown,
            after: JSON.parse(after) as unknown,
          }));
          const cells = rows.map(({ version, timeMs, actorName, by, before, after }) => [
            ...[String(version), timeText(timeMs), `${actorName} (${by})`, before, after],
          ]);
          return ok({ json, text: table(['version', 'time', 'who', 'before', 'after'], cells) });
        }),
      ),
    );
};
