import { Download } from 'lucide-react';
import { useState } from 'react';
import { useAuditLog } from '../../data/auth-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/input.js';
import { Panel } from '../../ui/panel.js';
import { Row, Rows } from './rows.js';

/** Who changed what; for admins. The newest five hundred, filtered as one types. */
export function AuditPanel({ zone }: { zone: string }) {
  const log = useAuditLog(true);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const matches = (text: string): boolean => text.toLowerCase().includes(wanted);
  const shown = log.data?.filter(
    ({ action, actorName, target, address }) => wanted === '' || [action, actorName, target, address].some(matches),
  );
  return (
    <Panel
      title="Audit log"
      actions={
        <>
          <Input
            aria-label="Filter the audit log"
            placeholder="Filter"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className="h-7 w-32"
          />
          <Button size="sm" asChild>
            <a
              download="audit-log.json"
              href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(shown ?? [], null, 2))}`}
            >
              <Download aria-hidden />
              Export
            </a>
          </Button>
        </>
      }
      bodyClassName="max-h-96 overflow-y-auto"
    >
      <Rows
        // The query's own states, over what the filter leaves.
        query={{ ...log, data: shown } as typeof log}
        what="audit log"
        empty={wanted === '' ? 'Nothing has been changed yet.' : 'Nothing matches.'}
        row={({ seq, timeMs, action, actorName, target, address }) => (
          <Row
            key={seq}
            title={`${action}${target === '' ? '' : ` · ${target}`}`}
            text={`${formatDateTime(timeMs, zone)} · ${actorName === '' ? 'nobody' : actorName} · ${address}`}
            actions={<span className="text-xs text-muted">#{seq}</span>}
          />
        )}
      />
    </Panel>
  );
}
