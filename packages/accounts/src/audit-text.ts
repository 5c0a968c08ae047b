const COLUMNS = [
  ...(['seq', 'timeMs', 'actorId', 'actorName', 'by', 'action', 'target', 'before', 'after'] as const),
  ...(['address', 'agent', 'requestId', 'hash'] as const),
];

/** An entry of the audit log as it is shown: `before` and `after` are plain data. */
type Entry = Readonly<Record<(typeof COLUMNS)[number], unknown>>;

/** How the log is written out. */
export type AuditFormat = 'ndjson' | 'csv';

/** The lines of `entries` as a file: NDJSON, or CSV with a head. */
export async function* auditText(entries: AsyncIterable<Entry>, format: AuditFormat): AsyncGenerator<string> {
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`;
  for await (const entry of entries)
    yield format === 'csv' ? `${COLUMNS.map((name) => cell(entry[name])).join(',')}\r\n` : `${JSON.stringify(entry)}\n`;
}

/** One cell (RFC 4180); text that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection). */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
