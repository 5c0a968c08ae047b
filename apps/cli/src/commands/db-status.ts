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
            const { applied, pending } = status.migrations;
            const rows = [
              ['address', config.database.url],
              ['schema', `${applied} applied, ${pending} pending`],
              ['size', `${(status.sizeBytes / 1e6).toFixed(1)} MB`],
              ['replica', status.replica],
              ...Object.entries(status.pragmas),
              ['integrity', status.faults.length === 0 ? 'ok' : status.faults.join('; ')],
            ];
            const sound = status.faults.length === 0;
            return ok({ json: { url: config.database.url, ...status }, text: table(['what', 'is'], rows), sound });
          },
          { migrate: false },
        ),
      ),
    );
};
