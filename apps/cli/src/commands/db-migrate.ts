import { ok } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { countText } from '../text.js';

/** `wick db migrate`: brings the schema up to date. */
export const dbMigrate: RegisterCommand = (parent, world, done) => {
  parent
    .command('migrate')
    .description('bring the database schema up to date')
    .action(() =>
      done(
        withDatabase(
          world,
          async (database) => {
            const before = await database.migrationStatus();
            const after = await database.migrate();
            const applied = after.applied - before.applied;
            return ok({
              json: { applied, total: after.applied },
              text: applied === 0 ? 'the schema is up to date' : `${countText(applied, 'migration')} applied`,
            });
          },
          { migrate: false },
        ),
      ),
    );
};
