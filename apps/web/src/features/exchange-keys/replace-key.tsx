import type { CredentialView } from '@wickworks/contracts';
import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { replaceExchangeKey } from '../../data/exchange-keys.js';
import { CredentialsForm } from '../../ui/credentials-form.js';
import { Dialog } from '../../ui/dialog.js';
import { keyFields, tellStored } from './key-fields.js';

/** Puts a fresh key of the same exchange in the place of a stored one. */
export function ReplaceKey({ stored, onClose }: { stored: CredentialView; onClose: () => void }) {
  const replace = useAccountChange(replaceExchangeKey);
  const [error, setError] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Replace ${stored.label}`}
      description="What uses the key goes on with the new one. Delete the old one at the exchange afterwards."
    >
      <div className="p-4">
        <CredentialsForm
          fields={keyFields(stored.exchange)}
          action="Replace key"
          error={error}
          focusFirst
          onSubmit={async ({ label = '', apiKey = '', secret = '', passphrase }) => {
            try {
              const key = { label, apiKey, secret, ...(passphrase !== undefined && { passphrase }) };
              tellStored(await replace.mutateAsync({ stored, ...key }));
              onClose();
            } catch (cause) {
              setError(sentenceOf(cause));
            }
          }}
        />
      </div>
    </Dialog>
  );
}
