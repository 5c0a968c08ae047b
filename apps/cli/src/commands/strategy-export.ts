import { ok } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { writeOut } from '../csv/write-file.js';
import { withShelfOptions } from '../strategies/options.js';
import { pick, withShelf, type ShelfOptions } from '../strategies/shelf.js';

/** `wick strategy export STRATEGY [--out FILE]`: its document as a file. */
export const strategyExport: RegisterCommand = (parent, world, done) => {
  withShelfOptions(parent.command('export'))
    .description('write the document of a saved strategy')
    .argument('<strategy>', 'its id or name')
    .option('--out <file>', 'where to; default: standard output')
    .action((wanted: string, { out, ...options }: ShelfOptions & { readonly out?: string }) =>
      done(
        withShelf(world, options, async (shelf) => {
          const found = await pick(shelf, wanted);
          if (!found.ok) return found;
          const { document, version } = found.value;
          const text = JSON.stringify(document, null, 2);
          if (out === undefined) return ok({ json: document, text });
          const written = await writeOut(world, out, `${text}\n`);
          return written.ok
            ? ok({ json: { file: out, version }, text: `${out}: version ${String(version)}` })
            : written;
        }),
      ),
    );
};
