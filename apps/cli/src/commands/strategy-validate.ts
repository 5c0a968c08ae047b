import { ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { loadStrategy } from '../backtest/load-strategy.js';

/** `wick strategy validate FILE`: is this a strategy? Exit 1 when it is none. */
export const strategyValidate: RegisterCommand = (parent, world, done) => {
  parent
    .command('validate')
    .description('check a strategy file; every fault names its field')
    .argument('<file>', 'a strategy as a JSON file or in code (.ts, .js), or the id of a built-in example')
    .action((file: string) =>
      done(
        loadStrategy(world, file).then((loaded) => {
          if (!loaded.ok) return loaded;
          const { name, timeframe } = loaded.value.document;
          return ok({ json: { valid: true, name, timeframe }, text: `${file} is sound: ${name}, ${timeframe}` });
        }),
      ),
    );
};
