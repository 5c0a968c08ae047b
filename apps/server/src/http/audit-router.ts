import { API } from '@wickworks/contracts';
import { auditText } from '@wickworks/accounts';
import type { Auth } from '../auth/auth.js';
import type { ApiRouter } from './api-router.js';
import { originOf } from './origin-of-call.js';
import { cursorKey, pageOfMore, unknownCursor } from './paging.js';

/** The audit log. */
export function auditRoutes(api: ApiRouter, { parts }: Auth): void {
  api.route(API.audit.getAuditLogs, async ({ query }) => {
    const { limit, cursor, actor, ...filter } = query;
    const beforeSeq = cursor === undefined ? undefined : Number(cursorKey(cursor));
    if (beforeSeq !== undefined && !Number.isSafeInteger(beforeSeq)) throw unknownCursor();
    const found = await parts.audit.list({ ...filter, actorId: actor, beforeSeq }, limit + 1);
    return pageOfMore(found, limit, ({ seq }) => seq);
  });
  api.route(API.audit.exportAuditLogs, async (call) => {
    const { format, actor, ...filter } = call.query;
    // A copy of the log is itself worth an entry, and the last one it holds.
    await parts.audit.write(call.principal, originOf(call), {
      action: 'audit.export',
      target: 'audit-log',
      after: call.query,
    });
    const name = `wickworks-audit-${new Date(parts.nowMs()).toISOString().slice(0, 10)}.${format}`;
    call.http.set('Content-Disposition', `attachment; filename="${name}"`);
    call.http.set('Content-Type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson');
    return auditText(parts.audit.walk({ ...filter, actorId: actor }), format);
  });
}
