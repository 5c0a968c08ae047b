import type { UserView } from '@wickworks/contracts';
import { ROLES, type Role } from '@wickworks/core';
import { useState } from 'react';
import { useAccountChange, useUsers } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { changeUser, givePassword } from '../../data/users-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Input } from '../../ui/input.js';
import { NativeSelect } from '../../ui/native-select.js';
import { Panel } from '../../ui/panel.js';
import { newPassword } from './new-password.js';
import { Row, Rows } from './rows.js';
import { SecretOnce } from './secret-once.js';

const OPTIONS = ROLES.map((role) => ({ value: role, label: role }));
/** From this many on they are searched. */
const MANY = 8;
const MAY: Record<Role, string> = {
  viewer: 'look, and change nothing but their own account',
  trader: 'save and run strategies, fetch candles and use their own exchange keys',
  admin: 'do everything, including this: change who may come in',
};

interface Asked {
  readonly user: UserView;
  readonly what: 'disable' | 'password' | Role;
}

/** Everybody with an account here; for admins. */
export function UsersPanel({ ownId, zone }: { ownId: string; zone: string }) {
  const users = useUsers(true);
  const [sought, setSought] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [given, setGiven] = useState<{ username: string; password: string } | null>(null);
  const change = useAccountChange(changeUser);
  const isSought = ({ username, name, role }: UserView): boolean =>
    `${username} ${name} ${role}`.toLowerCase().includes(sought.trim().toLowerCase());
  return (
    <Panel title="Users">
      {given === null ? null : (
        <div className="border-b-2 border-line p-3">
          <SecretOnce
            what={`Password of ${given.username}`}
            hint="Hand it over by a way others do not read; it can be changed after signing in."
            text={given.password}
            onDone={() => setGiven(null)}
          />
        </div>
      )}
      {(users.data?.length ?? 0) < MANY ? null : (
        <div className="border-b-2 border-line p-3">
          <Input
            type="search"
            aria-label="Find a user"
            placeholder="Name or role"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
        </div>
      )}
      <Rows
        query={users}
        what="users"
        empty="Nobody."
        row={(user) =>
          isSought(user) ? (
            <Row
              key={user.id}
              title={user.name === user.username ? user.username : `${user.username} · ${user.name}`}
              badges={user.disabledMs === null ? null : <Badge tone="warn">Disabled</Badge>}
              text={[
                `since ${formatDateTime(user.createdMs, zone)}`,
                user.isClerk ? 'signs in with Clerk' : user.hasTotp ? 'password and code' : 'password only',
              ].join(' · ')}
              actions={
                user.id === ownId ? (
                  <span className="caps text-muted">{user.role}, you</span>
                ) : (
                  <>
                    <NativeSelect
                      label={`Role of ${user.username}`}
                      options={OPTIONS}
                      value={user.role}
                      onChange={(what) => setAsked({ user, what })}
                      className="h-7 border-2 border-edge touch:h-9"
                    />
                    {user.hasPassword ? (
                      <Button size="sm" onClick={() => setAsked({ user, what: 'password' })}>
                        New password <span className="sr-only">for {user.username}</span>
                      </Button>
                    ) : null}
                    {user.disabledMs === null ? (
                      <Button size="sm" tone="danger" onClick={() => setAsked({ user, what: 'disable' })}>
                        Disable <span className="sr-only">{user.username}</span>
                      </Button>
                    ) : (
                      <Button
                        size="sm"
                        busy={change.isPending}
                        onClick={() => change.mutate({ id: user.id, version: user.version, isDisabled: false })}
                      >
                        Enable <span className="sr-only">{user.username}</span>
                      </Button>
                    )}
                  </>
                )
              }
            />
          ) : null
        }
      />
      {asked === null ? null : (
        <Question
          asked={asked}
          onGiven={(password) => setGiven({ username: asked.user.username, password })}
          onClose={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}

/** Asks once more before others lose or gain something. */
function Question({
  asked: { user, what },
  onGiven,
  onClose,
}: {
  asked: Asked;
  onGiven: (password: string) => void;
  onClose: () => void;
}) {
  const { id, username, version } = user;
  const change = useAccountChange(changeUser);
  const give = useAccountChange(async (password: string) => {
    await givePassword({ id, password });
    onGiven(password);
  });
  const [password] = useState(newPassword);
  if (what === 'password')
    return (
      <ConfirmDialog
        title={`New password for ${username}`}
        text="One is made up and shown to you once. Sessions and the authenticator app of this account end; API keys stay."
        action="Make it"
        mutation={give}
        variables={password}
        describe={sentenceOf}
        onClose={onClose}
      />
    );
  const isDisabling = what === 'disable';
  return (
    <ConfirmDialog
      title={isDisabling ? `Disable ${username}` : `Make ${username} ${what === 'admin' ? 'an' : 'a'} ${what}`}
      text={
        isDisabling
          ? 'Sessions end and API keys are refused at once. What belongs to the account stays, and it can be enabled again.'
          : `From now on ${username} may ${MAY[what]}.`
      }
      action={isDisabling ? 'Disable' : `Make ${what}`}
      mutation={change}
      variables={isDisabling ? { id, version, isDisabled: true } : { id, version, role: what }}
      describe={sentenceOf}
      onClose={onClose}
    />
  );
}
