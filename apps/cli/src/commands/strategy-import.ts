import { ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { loadStrategy } from '../backtest/load-strategy.js';
import { withShelfOptions } from '../strategies/options.js';
import { pick, withShelf, type ShelfOptions } from '../strategies/shelf.js';

/** `wick strategy import FILE [--as STRATEGY]`: a file as a new strategy, or as the next version of a saved one. */
export const strategyImport: RegisterCommand = (parent, world, done) => {
  withShelfOptions(parent.command('import'))
    .description('save a strategy file, as a new strategy or as the next version of one')
    .argument('<file>', 'a strategy as a JSON file, or the id of a built-in example')
    .option('--as <strategy>', 'id or name of the strategy whose next version it is')
    .action(async (file: string, { as, ...options }: ShelfOptions & { readonly as?: string }) => {
      const loaded = await loadStrategy(world, file);
      await done(
        loaded.ok
          ? withShelf(world, options, async (shelf) => {
              const { document } = loaded.value;
              const known = as === undefined ? null : await pick(shelf, as);
              if (known?.ok === false) return known;
              const saved = known === null ? await shelf.add(document) : await shelf.replace(known.value, document);
              if (!saved.ok) return saved;
              const { id, name, version } = saved.value;
              return ok({ json: saved.value, text: `${name} saved as ${id}, version ${String(version)}` });
            })
          : Promise.resolve(loaded),
      );
    });
};
