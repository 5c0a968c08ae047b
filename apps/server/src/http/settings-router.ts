import {
  API,
  type Paging,
  type SettingsChangeView,
  type SystemSettings,
  type SystemSettingsView,
} from '@wickworks/contracts';
import type { Auth } from '../auth/auth.js';
import type { ApiRouter } from './api-router.js';
import type { CallHeaders } from './call.js';
import { originOf } from './origin-of-call.js';
import { cursorKey, cursorOf, unknownCursor } from './paging.js';
import { granted } from './problems.js';
import type { RateName } from './rate-limits.js';

/** Settings of the installation and one's own, and how they came to be. */
export function settingsRoutes(api: ApiRouter, { parts, config, userSettings }: Auth): void {
  const system = async (http: CallHeaders): Promise<SystemSettingsView> => {
    const found = await parts.settings.find();
    http.version(found.version);
    const environment = config.environment.map((setting) => ({ ...setting }));
    return { ...found, environment, canMail: parts.mail.isReady };
  };
  api.route(API.settings.getSettings, ({ http }) => system(http));
  api.route(API.settings.updateSettings, async (call) => {
    const change = { expected: call.http.expectedVersion(), patch: call.body };
    granted(await parts.settings.change(call.principal, change, originOf(call)));
    return system(call.http);
  });
  api.route(API.settings.getSettingsHistory, ({ query }) =>
    pageOfChanges(query, (wanted) => parts.settings.history(wanted)),
  );

  api.route(API.settings.getMySettings, async ({ principal, http }) => {
    const found = await userSettings.find(principal.userId);
    http.version(found.version);
    return found;
  });
  api.route(API.settings.updateMySettings, async (call) => {
    const change = { expected: call.http.expectedVersion(), patch: call.body };
    granted(await userSettings.change(call.principal, change, originOf(call)));
    const found = await userSettings.find(call.principal.userId);
    call.http.version(found.version);
    return found;
  });
  api.route(API.settings.getMySettingsHistory, ({ principal, query }) =>
    pageOfChanges(query, (wanted) => userSettings.history(principal.userId, wanted)),
  );
}

/** One page of changes; the cursor is the last version seen. */
async function pageOfChanges(
  { limit, cursor }: Paging,
  changes: (wanted: { beforeVersion: number; limit: number }) => Promise<SettingsChangeView[]>,
): Promise<{ items: SettingsChangeView[]; nextCursor: string | null }> {
  const beforeVersion = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursorKey(cursor));
  if (!Number.isSafeInteger(beforeVersion)) throw unknownCursor();
  // One more than asked for tells whether there is a next page.
  const found = await changes({ beforeVersion, limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > limit ? cursorOf(String(last.version)) : null };
}

/** Requests a minute that the settings allow. */
export function perMinute(rate: RateName, settings: SystemSettings): number {
  switch (rate) {
    case 'read':
      return settings.readsPerMinute;
    case 'write':
      return settings.writesPerMinute;
    case 'heavy':
      return settings.heavyPerMinute;
    case 'auth':
      return settings.attemptsPerMinute;
    case 'address':
      return settings.requestsPerMinuteOfAddress;
  }
}
