import * as z from 'zod';
import { AuditEntryView } from '../auth.js';
import { endpoint, Moment, Paging, TextStream } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const filters = {
  actor: z.string().max(128).optional(),
  action: z.string().max(64).optional(),
  target: z.string().max(256).optional(),
  fromMs: Moment.optional(),
  toMs: Moment.optional(),
};

export const getAuditLogs = endpoint({
  method: 'GET',
  path: '/api/v1/audit-logs',
  tag: 'Audit',
  role: 'admin',
  scope: 'admin:read',
  summary: 'Who changed what, newest first',
  query: Paging.extend(filters),
  reply: listOf(AuditEntryView),
});

/** An answer that is text, sent as it is read: piece by piece. */
export const exportAuditLogs = endpoint({
  method: 'GET',
  path: '/api/v1/audit-logs/export',
  tag: 'Audit',
  role: 'admin',
  scope: 'admin:read',
  rate: 'heavy',
  summary: 'The audit log as a file, oldest first',
  description:
    'NDJSON: one entry a line, as the list has them, with the hash that links each to the one before. CSV: the same in columns; text that a spreadsheet would take for a formula is led by an apostrophe.',
  query: z.strictObject({ format: z.enum(['ndjson', 'csv']).default('ndjson'), ...filters }),
  reply: TextStream,
  media: ['application/x-ndjson', 'text/csv'],
});
