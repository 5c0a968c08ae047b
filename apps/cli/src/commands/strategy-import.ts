import { ok, type Timeframe } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { loadStrategy } from '../backtest/load-strategy.js';
import { parseTimeframe } from '../options.js';
import { withShelfOptions } from '../strategies/options.js';
import { pick, withShelf, type ShelfOptions } from '../strategies/shelf.js';

interface ImportOptions extends ShelfOptions {
  readonly as?: string;
  readonly timeframe?: Timeframe;
}

/** `wick strategy import FILE [--as STRATEGY]`: a file as a new strategy, or as the next version of a saved one. */
export const strategyImport: RegisterCommand = (parent, world, done) => {
  withShelfOptions(parent.command('import'))
    .description('save a strategy file, as a new strategy or as the next version of one')
    .argument('<file>', 'a strategy as a JSON file or in code (.ts, .js), or the id of a built-in example')
    .option('--timeframe <timeframe>', 'candles of a file of code; default: 1h', parseTimeframe)
    .option('--as <strategy>', 'id or name of the strategy whose next version it is')
    .action(async (file: string, { as, timeframe, ...options }: ImportOptions) => {
      const loaded = await loadStrategy(world, file, timeframe);
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
