import { ok, timeText } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { withShelfOptions } from '../strategies/options.js';
import { pick, withShelf, type ShelfOptions } from '../strategies/shelf.js';

/** `wick strategy show STRATEGY`: one strategy with its document. */
export const strategyShow: RegisterCommand = (parent, world, done) => {
  withShelfOptions(parent.command('show'))
    .description('show a saved strategy')
    .argument('<strategy>', 'its id or name')
    .action((wanted: string, options: ShelfOptions) =>
      done(
        withShelf(world, options, async (shelf) => {
          const found = await pick(shelf, wanted);
          if (!found.ok) return found;
          const { id, name, version, updatedMs, running, fault, document } = found.value;
          const markets = running.map(({ exchange, symbol }) => `${exchange} ${symbol}`).join(', ');
          const state = fault ?? (markets === '' ? 'stopped' : `running on ${markets}`);
          const head = `${name} (${id}), version ${String(version)} of ${timeText(updatedMs)}, ${state}`;
          return ok({ json: found.value, text: `${head}\n\n${JSON.stringify(document, null, 2)}` });
        }),
      ),
    );
};
