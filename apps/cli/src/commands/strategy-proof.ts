import { err, ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { failed } from '../failure.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';
import { behindServer, pick } from '../strategies/shelf.js';

/** `wick strategy proof STRATEGY [--again]`: does it look ahead or warm up too briefly? Exit 1 when it does. */
export const strategyProof: RegisterCommand = (parent, world, done) => {
  onServer(parent.command('proof'))
    .description('show the bias proof of a saved strategy; exit 1 when it failed')
    .argument('<strategy>', 'its id or name')
    .option('--again', 'prove it again, over the candles stored now, and wait for it')
    .action((wanted: string, options: ServerOptions & { readonly again?: boolean }) =>
      done(
        withServer(world, options, async (wick) => {
          const found = await pick(behindServer(wick), wanted);
          if (!found.ok) return found;
          const { id, name, version } = found.value;
          if (options.again === true) {
            const started = await asked(wick.strategies.prove(id, version));
            if (!started.ok) return started;
            const ended = await asked(wick.jobs.wait(started.value.job.id, { signal: world.signal }));
            if (world.signal.aborted)
              return err(failed(`stopped waiting; the job ${started.value.job.id} goes on, see \`wick job list\``));
            if (!ended.ok) return ended;
          }
          const proof = await asked(wick.strategies.proof(id, version));
          if (!proof.ok) return proof;
          const { state, detail } = proof.value;
          const text = `${name}, version ${String(version)}: ${state}, ${detail}`;
          return ok({ json: proof.value, text, sound: state !== 'failed' && state !== 'error' });
        }),
      ),
    );
};
