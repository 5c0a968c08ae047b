import { err, ok } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import { settingsDesk } from '../accounts/settings-desk.js';
import type { RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';

/** `wick settings set NAME=VALUE …`: changes settings; a running server follows within seconds. */
export const settingsSet: RegisterCommand = (parent, world, done) => {
  parent
    .command('set <name=value...>')
    .description('change settings; the value "default" goes back to what is built in')
    .option('--user <name>', 'settings of this account')
    .action((pairs: readonly string[], { user }: { user?: string }) =>
      done(
        withOffice(world, async (office) => {
          const desk = await settingsDesk(office, user);
          if (!desk.ok) return desk;
          const texts = new Map<string, string>();
          for (const pair of pairs) {
            const at = pair.indexOf('=');
            if (at < 1) return err(wrongUsage(`${pair}: expected name=value`));
            texts.set(pair.slice(0, at), pair.slice(at + 1));
          }
          const { book, owner, target, patchOf } = desk.value;
          const patch = patchOf(texts);
          if (!patch.ok) return patch;
          const actor = { actorId: '', actorName: 'wick', by: 'cli' };
          const wanted = { owner, expected: 'any' as const, patch: patch.value };
          const changed = await book.change(wanted, actor, office.nowMs);
          if (!changed.ok) return err(failed('somebody else changed them at the same moment; try again'));
          if (!changed.value) return ok({ json: { changed: {} }, text: 'that is how it was already' });
          const { before, after, now } = changed.value;
          await office.audit({ action: 'settings.change', target, before, after });
          return ok({
            json: { version: now.version, before, after },
            text: Object.keys(after)
              .map((name) => `${name}: ${JSON.stringify(before[name])} → ${JSON.stringify(after[name])}`)
              .join('\n'),
          });
        }),
      ),
    );
};
