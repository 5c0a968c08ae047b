import { useState } from 'react';
import { changePassword } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Panel } from '../../ui/panel.js';
import { notify } from '../../ui/toast-store.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';

const FIELDS: readonly CredentialField[] = [
  { name: 'currentPassword', label: 'Current password', type: 'password', autoComplete: 'current-password' },
  { name: 'newPassword', label: 'New password', type: 'password', autoComplete: 'new-password' },
];

/** A new password; every other session ends with the old one. */
export function PasswordPanel() {
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  return (
    <Panel title="Password" bodyClassName="p-3">
      <CredentialsForm
        key={round}
        fields={FIELDS}
        action="Change password"
        error={error}
        onSubmit={async ({ currentPassword = '', newPassword = '' }) => {
          try {
            await changePassword({ currentPassword, newPassword });
            setError(null);
            setRound(round + 1);
            notify({ tone: 'good', title: 'Password changed; other sessions have ended' });
          } catch (cause) {
            setError(sentenceOf(cause));
          }
        }}
      />
    </Panel>
  );
}
