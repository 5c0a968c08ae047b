import { ok, timeText } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { withShelfOptions } from '../strategies/options.js';
import { withShelf, type ShelfOptions } from '../strategies/shelf.js';
import { table } from '../text.js';

/** `wick strategy list`: saved strategies. */
export const strategyList: RegisterCommand = (parent, world, done) => {
  withShelfOptions(parent.command('list'))
    .description('list saved strategies, newest first')
    .action((options: ShelfOptions) =>
      done(
        withShelf(world, options, async (shelf) => {
          const items = await shelf.list();
          if (!items.ok) return items;
          const rows = items.value.map(({ id, name, version, document, updatedMs, running, fault }) => [
            ...[id, name, `v${String(version)}`, document.timeframe, timeText(updatedMs)],
            fault ?? (running.length === 0 ? 'stopped' : `on ${running.map(({ symbol }) => symbol).join(', ')}`),
          ]);
          const text = table(['id', 'name', 'version', 'timeframe', 'saved', 'state'], rows);
          return ok({ json: { items: items.value }, text: rows.length === 0 ? 'nothing is saved' : text });
        }),
      ),
    );
};
