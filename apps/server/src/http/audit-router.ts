import { API } from '@wickworks/contracts';
import type { Auth } from '../auth/auth.js';
import type { ApiRouter } from './api-router.js';
import { cursorKey, cursorOf, unknownCursor } from './paging.js';

/** The audit log. */
export function auditRoutes(api: ApiRouter, { parts }: Auth): void {
  api.route(API.audit.getAuditLogs, async ({ query }) => {
    const { limit, cursor, actor, ...filter } = query;
    const beforeSeq = cursor === undefined ? undefined : Number(cursorKey(cursor));
    if (beforeSeq !== undefined && !Number.isSafeInteger(beforeSeq)) throw unknownCursor();
    // One more than asked for tells whether there is a next page.
    const found = await parts.audit.list({ ...filter, actorId: actor, beforeSeq }, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: last && found.length > limit ? cursorOf(String(last.seq)) : null };
  });
}
