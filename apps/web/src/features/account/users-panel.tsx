import { ROLES, type Role } from '@wickworks/core';
import { useState } from 'react';
import { changeUser, invite, useAccountChange, useUsers } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { NativeSelect } from '../../ui/native-select.js';
import { Panel } from '../../ui/panel.js';
import { notify } from '../../ui/toast-store.js';
import { Row, Rows } from './rows.js';
import { SecretOnce } from './secret-once.js';

const OPTIONS = ROLES.map((role) => ({ value: role, label: role }));

/** Everybody with an account here; for admins. */
export function UsersPanel({ ownId, zone }: { ownId: string; zone: string }) {
  const users = useUsers(true);
  const change = useAccountChange(changeUser);
  const [role, setRole] = useState<Role>('trader');
  const [invitation, setInvitation] = useState<string | null>(null);
  const refused = (error: unknown): void => notify({ tone: 'bad', title: 'Not changed', text: sentenceOf(error) });
  return (
    <Panel title="Users">
      <Rows
        query={users}
        what="users"
        empty="Nobody."
        row={({ id, username, name, role: has, disabledMs, createdMs, hasTotp, version }) => (
          <Row
            key={id}
            title={name === username ? username : `${username} · ${name}`}
            text={[
              `since ${formatDateTime(createdMs, zone)}`,
              hasTotp ? 'two factors' : 'password only',
              ...(disabledMs === null ? [] : ['disabled']),
            ].join(' · ')}
            actions={
              id === ownId ? (
                <span className="caps text-muted">{has}, you</span>
              ) : (
                <>
                  <NativeSelect
                    label={`Role of ${username}`}
                    options={OPTIONS}
                    value={has}
                    onChange={(value) => change.mutate({ id, version, role: value }, { onError: refused })}
                    className="h-7 border-2 border-edge"
                  />
                  <Button
                    size="sm"
                    tone={disabledMs === null ? 'danger' : 'plain'}
                    onClick={() =>
                      change.mutate({ id, version, isDisabled: disabledMs === null }, { onError: refused })
                    }
                  >
                    {disabledMs === null ? 'Disable' : 'Enable'}
                  </Button>
                </>
              )
            }
          />
        )}
      />
      <div className="flex flex-wrap items-center gap-2 border-t-2 border-line p-3">
        {invitation === null ? (
          <>
            <NativeSelect
              label="Role of the invited"
              options={OPTIONS}
              value={role}
              onChange={setRole}
              className="h-8 border-2 border-edge"
            />
            <Button
              onClick={() =>
                void invite(role)
                  .then(({ token }) =>
                    setInvitation(`${globalThis.location.origin}/setup?invitation=${encodeURIComponent(token)}`),
                  )
                  .catch(refused)
              }
            >
              Invite somebody
            </Button>
          </>
        ) : (
          <SecretOnce what="Invitation link" text={invitation} onDone={() => setInvitation(null)} />
        )}
      </div>
    </Panel>
  );
}
