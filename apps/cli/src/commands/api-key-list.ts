import { ok, timeText } from '@wickworks/core';
import { withOffice } from '../accounts/office.js';
import type { RegisterCommand } from '../context.js';
import { table } from '../text.js';

const momentText = (timeMs: number | null): string => (timeMs === null ? '–' : timeText(timeMs));

/** `wick api-key list`: every key that holds, without the keys themselves. */
export const apiKeyList: RegisterCommand = (parent, world, done) => {
  parent
    .command('list')
    .description('list API keys')
    .action(() =>
      done(
        withOffice(world, async ({ stores }) => {
          const names = new Map((await stores.users.list()).map(({ id, username }) => [id, username]));
          const keys = (await stores.apiKeys.list()).map(({ hash: _, userId, revokedMs: __, ...key }) => ({
            ...key,
            owner: names.get(userId) ?? userId,
          }));
          const rows = keys.map(({ id, owner, name, hint, scopes, usedMs, expiresMs }) => [
            ...[id, owner, name, `${hint}…`, scopes.join(' ')],
            ...[momentText(usedMs), momentText(expiresMs)],
          ]);
          return ok({
            json: keys,
            text: table(['id', 'owner', 'name', 'key', 'scopes', 'last used', 'expires'], rows),
          });
        }),
      ),
    );
};
