import type { AuditEntryView } from '@wickworks/contracts';
import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { auditExportPath, useAuditLog, type AuditFilter } from '../../data/auth-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Panel } from '../../ui/panel.js';
import { Unloaded } from '../../ui/unloaded.js';
import { AuditFilterForm, NO_FILTER } from './audit-filter.js';

/** Who changed what, newest first, of whom and when one likes; and all of that as a file. */
export function AuditPanel({ zone }: { zone: string }) {
  const [filter, setFilter] = useState<AuditFilter>(NO_FILTER);
  const log = useAuditLog(filter);
  const entries = log.data?.pages.flatMap(({ items }) => items);
  return (
    <Panel
      title="Entries"
      actions={(['csv', 'ndjson'] as const).map((format) => (
        <Button key={format} size="sm" asChild>
          <a href={auditExportPath(filter, format)} download={`audit-log.${format}`}>
            <Download aria-hidden />
            {format.toUpperCase()}
          </a>
        </Button>
      ))}
    >
      <AuditFilterForm onApply={setFilter} actions={[...new Set(entries?.map(({ action }) => action))]} />
      {entries === undefined ? (
        <Unloaded query={log} what="the log" bars={3} />
      ) : entries.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title="Nothing matches"
          text="No entry of the log is by these people, about this, in this time."
        />
      ) : (
        <>
          <ol className="divide-y-2 divide-hair">
            {entries.map((entry) => (
              <Entry key={entry.seq} entry={entry} zone={zone} />
            ))}
          </ol>
          {log.hasNextPage ? (
            <div className="border-t-2 border-line p-3">
              <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                Older entries
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Panel>
  );
}

function Entry({ entry, zone }: { entry: AuditEntryView; zone: string }) {
  const { seq, timeMs, action, target, actorName, by, address, agent, requestId, hash, before, after } = entry;
  const facts = [
    ['by', by],
    ['address', address],
    ['agent', agent],
    ['request', requestId],
    ['hash', hash],
  ].filter(([, value]) => value !== '');
  return (
    <li>
      <details>
        <summary className="grid items-baseline grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3 py-2 hover:bg-raised focus-visible:-outline-offset-2 md:grid-cols-[160px_140px_200px_minmax(0,1fr)_auto]">
          <span className="text-xs text-muted max-md:col-span-full">{formatDateTime(timeMs, zone)}</span>
          <span className="truncate text-sm font-bold">{actorName === '' ? 'nobody' : actorName}</span>
          <span className="truncate text-sm">{action}</span>
          <span className="truncate text-xs text-muted">{target}</span>
          <span className="text-right text-xs text-muted">#{seq}</span>
        </summary>
        <div className="flex flex-col gap-3 border-t-2 border-hair bg-surface p-3">
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
            {facts.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="caps text-muted">{name}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ))}
          </dl>
          <div className="grid gap-3 md:grid-cols-2">
            <State title="Before" value={before} />
            <State title="After" value={after} />
          </div>
        </div>
      </details>
    </li>
  );
}

function State({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <div className="min-w-0">
      <p className="caps text-muted">{title}</p>
      <pre tabIndex={0} aria-label={title} className="max-h-64 overflow-auto border-2 border-hair bg-bg p-2 text-xs">
        {JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}
