import { ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';

/** `wick job cancel ID`: asks a job to stop, and waits until it has ended. */
export const jobCancel: RegisterCommand = (parent, world, done) => {
  onServer(parent.command('cancel'))
    .description('stop a job of a server and say how it ended')
    .argument('<id>', 'the id of the job')
    .action((id: string, options: ServerOptions) =>
      done(
        withServer(world, options, async (wick) => {
          const cancelled = await asked(wick.jobs.cancel(id));
          if (!cancelled.ok) return cancelled;
          const ended = await asked(wick.jobs.wait(id, { signal: world.signal }));
          return ended.ok ? ok({ json: ended.value, text: `${id}: ${ended.value.state}` }) : ended;
        }),
      ),
    );
};
