import { err, ok } from '@wickworks/core';
import { listExamples } from '@wickworks/engine';
import type { RegisterCommand } from '../context.js';
import { wrongUsage } from '../failure.js';
import { table } from '../text.js';

/** `wick strategy examples [ID]`: strategies that come along. */
export const strategyExamples: RegisterCommand = (parent, _world, done) => {
  parent
    .command('examples')
    .description('list the built-in examples, or show one')
    .argument('[id]', 'the one to show')
    .action((wanted?: string) => {
      const examples = listExamples();
      const found = examples.find(({ id }) => id === wanted);
      const rows = examples.map(({ id, document }) => [id, document.timeframe, document.name]);
      const known = rows.map(([id]) => id).join(', ');
      return done(
        Promise.resolve(
          wanted === undefined
            ? ok({ json: { items: examples }, text: table(['id', 'timeframe', 'name'], rows) })
            : found
              ? ok({ json: found.document, text: JSON.stringify(found.document, null, 2) })
              : err(wrongUsage(`there is no example "${wanted}"; there are ${known}`)),
        ),
      );
    });
};
