import { ok, timeText } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';
import { table } from '../text.js';

/** `wick job list`: long work of a server, under way and ended. */
export const jobList: RegisterCommand = (parent, world, done) => {
  onServer(parent.command('list'))
    .description('list the jobs of a server, newest first')
    .action((options: ServerOptions) =>
      done(
        withServer(world, options, async (wick) => {
          const page = await asked(wick.jobs.list({ limit: 200 }));
          if (!page.ok) return page;
          const { items } = page.value;
          const rows = items.map(({ id, kind, state, progressRatio, createdMs, detail }) => [
            ...[id, kind, state, `${String(Math.round(progressRatio * 100))} %`, timeText(createdMs), detail],
          ]);
          const text = table(['id', 'kind', 'state', 'done', 'begun', 'detail'], rows);
          return ok({ json: { items }, text: rows.length === 0 ? 'no jobs' : text });
        }),
      ),
    );
};
