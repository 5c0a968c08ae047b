import type { SessionView } from '@wickworks/contracts';
import { useState } from 'react';
import { endOtherSessions, endSession, useAccountChange, useSessions } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Panel } from '../../ui/panel.js';
import { agentName } from './agent-name.js';
import { Row, Rows } from './rows.js';

/** Where one is signed in, and the way to end it there. */
export function SessionsPanel({ zone }: { zone: string }) {
  const sessions = useSessions();
  const end = useAccountChange(endSession);
  const endOthers = useAccountChange(endOtherSessions);
  const [doomed, setDoomed] = useState<SessionView | 'others' | null>(null);
  const isAlone = (sessions.data ?? []).every(({ isCurrent }) => isCurrent);
  return (
    <Panel
      title="Sessions"
      actions={
        isAlone ? null : (
          <Button size="sm" tone="ghost" onClick={() => setDoomed('others')}>
            End all others
          </Button>
        )
      }
    >
      <Rows
        query={sessions}
        what="sessions"
        empty="No session: this page came in another way."
        row={(session) => (
          <Row
            key={session.id}
            title={<span title={session.agent}>{agentName(session.agent)}</span>}
            badges={session.isCurrent ? <Badge tone="up">This one</Badge> : null}
            text={`${session.address} · by ${session.method} · since ${formatDateTime(session.createdMs, zone)} · last used ${formatDateTime(session.usedMs, zone)}`}
            actions={
              session.isCurrent ? null : (
                <Button size="sm" tone="danger" onClick={() => setDoomed(session)}>
                  End <span className="sr-only">{agentName(session.agent)}</span>
                </Button>
              )
            }
          />
        )}
      />
      {doomed === null ? null : doomed === 'others' ? (
        <ConfirmDialog
          title="End all other sessions"
          text="Every other browser and program that signed in as you has to sign in again. API keys keep working."
          action="End them"
          mutation={endOthers}
          variables={undefined}
          describe={sentenceOf}
          onClose={() => setDoomed(null)}
        />
      ) : (
        <ConfirmDialog
          title="End this session"
          text={`${agentName(doomed.agent)} at ${doomed.address} has to sign in again.`}
          action="End session"
          mutation={end}
          variables={doomed.id}
          describe={sentenceOf}
          onClose={() => setDoomed(null)}
        />
      )}
    </Panel>
  );
}
