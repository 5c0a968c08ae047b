import { useState } from 'react';
import { changePassword, useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Button } from '../../ui/button.js';
import { Panel } from '../../ui/panel.js';
import { notify } from '../../ui/toast-store.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Disclosure } from './disclosure.js';

const FIELDS: readonly CredentialField[] = [
  { name: 'currentPassword', label: 'Current password', type: 'password', autoComplete: 'current-password' },
  {
    name: 'newPassword',
    label: 'New password',
    type: 'password',
    autoComplete: 'new-password',
    hint: 'Long and hard to guess; a few unrelated words do well.',
  },
];

/** A new password; every other session ends with the old one. */
export function PasswordPanel() {
  const [error, setError] = useState<string | null>(null);
  const change = useAccountChange(changePassword);
  return (
    <Panel title="Password">
      <p className="p-3 text-sm text-muted">With a new one, every other session of yours ends.</p>
      <Disclosure action="Change it">
        {(close) => (
          <CredentialsForm
            fields={FIELDS}
            action="Change password"
            error={error}
            focusFirst
            onSubmit={async ({ currentPassword = '', newPassword = '' }) => {
              try {
                await change.mutateAsync({ currentPassword, newPassword });
                setError(null);
                close();
                notify({ tone: 'good', title: 'Password changed; other sessions have ended' });
              } catch (cause) {
                setError(sentenceOf(cause));
              }
            }}
          >
            <Button tone="ghost" onClick={close}>
              Not now
            </Button>
          </CredentialsForm>
        )}
      </Disclosure>
    </Panel>
  );
}
