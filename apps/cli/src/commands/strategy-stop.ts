import { ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';
import { behindServer, pick } from '../strategies/shelf.js';

/** `wick strategy stop STRATEGY`: follow no market any more. */
export const strategyStop: RegisterCommand = (parent, world, done) => {
  onServer(parent.command('stop'))
    .description('stop a strategy that runs on the server')
    .argument('<strategy>', 'its id or name')
    .action((wanted: string, options: ServerOptions) =>
      done(
        withServer(world, options, async (wick) => {
          const found = await pick(behindServer(wick), wanted);
          if (!found.ok) return found;
          const stopped = await asked(wick.strategies.stop(found.value.id));
          return stopped.ok ? ok({ json: stopped.value, text: `${stopped.value.name} is stopped` }) : stopped;
        }),
      ),
    );
};
