import { ok } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { table } from '../text.js';

/** `wick db status`: schema, pragmas, integrity; changes nothing in an existing schema. */
export const dbStatus: RegisterCommand = (parent, world, done) => {
  parent
    .command('status')
    .description('show schema version, pragmas, size and integrity of the database')
    .action(() =>
      done(
        withDatabase(
          world,
          async (database, config) => {
            const status = await database.status();
            const { faults, sizeBytes } = status;
            const { applied, pending } = status.migrations;
            const sound = faults === null || faults.length === 0;
            const rows = [
              ['address', config.database.url],
              ['schema', `${applied} applied, ${pending} pending`],
              ['size', sizeBytes === null ? 'known to the server' : `${(sizeBytes / 1e6).toFixed(1)} MB`],
              ['replica', status.replica],
              ...Object.entries(status.pragmas),
              ['integrity', faults === null ? 'checked by the server' : sound ? 'ok' : faults.join('; ')],
            ];
            return ok({ json: { url: config.database.url, ...status }, text: table(['what', 'is'], rows), sound });
          },
          { migrate: false },
        ),
      ),
    );
};
