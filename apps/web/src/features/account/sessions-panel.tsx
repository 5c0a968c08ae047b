import { endSession, useAccountChange, useSessions } from '../../data/auth-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/panel.js';
import { Row, Rows } from './rows.js';

/** Where one is signed in. */
export function SessionsPanel({ zone }: { zone: string }) {
  const sessions = useSessions();
  const end = useAccountChange(endSession);
  return (
    <Panel title="Sessions">
      <Rows
        query={sessions}
        what="sessions"
        empty="No session: this page came in another way."
        row={({ id, agent, address, method, usedMs, isCurrent }) => (
          <Row
            key={id}
            title={agent === '' ? 'unknown program' : agent}
            text={`${address} · by ${method} · last used ${formatDateTime(usedMs, zone)}`}
            actions={
              isCurrent ? (
                <Badge>this one</Badge>
              ) : (
                <Button
                  size="sm"
                  tone="danger"
                  busy={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id)}
                >
                  End
                </Button>
              )
            }
          />
        )}
      />
    </Panel>
  );
}
