import type { PasskeyView } from '@wickworks/contracts';
import { useState } from 'react';
import { useAccountChange, usePasskeys } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { addPasskey, namedAddress, passkeyObstacle, removePasskey } from '../../data/passkeys.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Panel } from '../../ui/panel.js';
import { notify } from '../../ui/toast-store.js';
import { Disclosure } from './disclosure.js';
import { Row, Rows } from './rows.js';

const FIELDS: readonly CredentialField[] = [
  {
    name: 'name',
    label: 'Name of the passkey',
    type: 'text',
    autoComplete: 'off',
    hint: 'What holds it, such as “laptop” or “blue stick”.',
  },
  { name: 'password', label: 'Your password', type: 'password', autoComplete: 'current-password' },
];

/** Ways in that need no password: what holds them, and one more. */
export function PasskeysPanel({ zone }: { zone: string }) {
  const passkeys = usePasskeys();
  const add = useAccountChange(addPasskey);
  const remove = useAccountChange(removePasskey);
  const [doomed, setDoomed] = useState<PasskeyView | null>(null);
  const [error, setError] = useState<string | null>(null);
  const obstacle = passkeyObstacle();
  const named = namedAddress();
  return (
    <Panel title="Passkeys">
      <Rows
        query={passkeys}
        what="passkeys"
        empty="No passkeys yet. One signs you in by fingerprint, face or PIN; nothing can be phished or guessed."
        row={(passkey) => (
          <Row
            key={passkey.id}
            title={passkey.name}
            text={[
              `since ${formatDateTime(passkey.createdMs, zone)}`,
              passkey.usedMs === null ? 'never used' : `last used ${formatDateTime(passkey.usedMs, zone)}`,
            ].join(' · ')}
            actions={
              <Button size="sm" tone="danger" onClick={() => setDoomed(passkey)}>
                Remove <span className="sr-only">{passkey.name}</span>
              </Button>
            }
          />
        )}
      />
      {obstacle === null ? (
        <Disclosure action="Add a passkey">
          {(close) => (
            <CredentialsForm
              fields={FIELDS}
              action="Add passkey"
              error={error}
              focusFirst
              onSubmit={async ({ name = '', password = '' }) => {
                try {
                  const added = await add.mutateAsync({ name, password });
                  setError(null);
                  close();
                  notify({ tone: 'good', title: `Passkey ${added.name} added` });
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
      ) : (
        <p className="border-t-2 border-line p-3 text-sm text-muted">
          {obstacle}{' '}
          {named === null ? null : (
            <a href={named} className="font-bold text-ink underline">
              Open it as {new URL(named).host}
            </a>
          )}
        </p>
      )}
      {doomed === null ? null : (
        <ConfirmDialog
          title={`Remove ${doomed.name}`}
          text="It will not sign you in any more. The passkey itself stays on its device until you delete it there."
          action="Remove passkey"
          mutation={remove}
          variables={doomed.id}
          describe={sentenceOf}
          onClose={() => setDoomed(null)}
        />
      )}
    </Panel>
  );
}
