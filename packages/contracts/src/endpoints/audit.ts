import * as z from 'zod';
import { AuditEntryView } from '../auth.js';
import { endpoint, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const Moment = z.coerce.number().int().nonnegative();

export const getAuditLogs = endpoint({
  method: 'GET',
  path: '/api/v1/audit-logs',
  tag: 'Audit',
  role: 'admin',
  scope: 'admin:read',
  summary: 'Who changed what, newest first',
  query: Paging.extend({
    actor: z.string().max(128).optional(),
    action: z.string().max(64).optional(),
    target: z.string().max(256).optional(),
    fromMs: Moment.optional(),
    toMs: Moment.optional(),
  }),
  reply: listOf(AuditEntryView),
});
