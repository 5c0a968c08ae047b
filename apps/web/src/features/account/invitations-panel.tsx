import { ROLES, type Role } from '@wickworks/core';
import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { invite, takeBackInvitation, useInvitations } from '../../data/users-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { NativeSelect } from '../../ui/native-select.js';
import { Panel } from '../../ui/panel.js';
import { Row, Rows } from './rows.js';
import { SecretOnce } from './secret-once.js';

const OPTIONS = ROLES.map((role) => ({ value: role, label: role }));

/** Links that let somebody make an account: one more, and those nobody has followed yet. */
export function InvitationsPanel({ zone }: { zone: string }) {
  const invitations = useInvitations();
  const make = useAccountChange(invite);
  const takeBack = useAccountChange(takeBackInvitation);
  const [role, setRole] = useState<Role>('trader');
  const [link, setLink] = useState<string | null>(null);
  const error = make.error ?? takeBack.error;
  return (
    <Panel title="Invitations">
      <Rows
        query={invitations}
        what="invitations"
        empty="None is waiting. An invitation is a link that makes one account; hand it over by a way others do not read."
        row={({ id, role: given, createdMs, expiresMs }) => (
          <Row
            key={id}
            title={`For a ${given}`}
            text={`made ${formatDateTime(createdMs, zone)} · holds until ${formatDateTime(expiresMs, zone)}`}
            actions={
              <Button
                size="sm"
                tone="danger"
                busy={takeBack.isPending && takeBack.variables === id}
                onClick={() => takeBack.mutate(id)}
              >
                Take back
              </Button>
            }
          />
        )}
      />
      {error === null ? null : (
        <p role="alert" className="border-t-2 border-down p-3 text-sm font-bold text-down">
          {sentenceOf(error)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t-2 border-line p-3">
        {link === null ? (
          <>
            <NativeSelect
              label="Role of the invited"
              options={OPTIONS}
              value={role}
              onChange={setRole}
              className="h-8 border-2 border-edge touch:h-10"
            />
            <Button
              busy={make.isPending}
              onClick={() =>
                make.mutate(role, {
                  onSuccess: ({ token }) =>
                    setLink(`${globalThis.location.origin}/setup?invitation=${encodeURIComponent(token)}`),
                })
              }
            >
              Invite somebody
            </Button>
          </>
        ) : (
          <SecretOnce what="Invitation link" text={link} onDone={() => setLink(null)} />
        )}
      </div>
    </Panel>
  );
}
