import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { removeMailAddress, setMailAddress, useMailAddress } from '../../data/mail-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Panel } from '../../ui/panel.js';

const PASSWORD: CredentialField = {
  name: 'password',
  label: 'Your password',
  type: 'password',
  autoComplete: 'current-password',
};
const FIELDS: readonly CredentialField[] = [
  { name: 'address', label: 'Mail address', type: 'text', autoComplete: 'email' },
  PASSWORD,
];

/** Where warnings and links for lost passwords go; shown where the server can send mail. */
export function MailPanel({ zone }: { zone: string }) {
  const mail = useMailAddress().data;
  const change = useAccountChange(setMailAddress);
  const remove = useAccountChange(removeMailAddress);
  const [isRemoving, setRemoving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  if (mail?.canMail !== true) return null;
  const { address, pending } = mail;
  const submit = async ({ address: wanted = '', password = '' }: Readonly<Record<string, string>>): Promise<void> => {
    try {
      if (isRemoving) await remove.mutateAsync(password);
      else await change.mutateAsync({ address: wanted.trim(), password });
      setError(null);
      setRemoving(false);
      setRound(round + 1);
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  return (
    <Panel title="Mail" bodyClassName="flex flex-col gap-3 p-3">
      <p className="text-sm">
        {address === null ? 'No address yet: a lost password cannot be set anew by mail.' : `Mail goes to ${address}.`}
        {pending === null
          ? ''
          : ` ${pending.address} waits for its owner to follow the link in the mail, until ${formatDateTime(pending.expiresMs, zone)}.`}
      </p>
      <CredentialsForm
        key={`${String(round)}${String(isRemoving)}`}
        fields={isRemoving ? [PASSWORD] : FIELDS}
        action={isRemoving ? 'Remove address' : 'Send a link there'}
        error={error}
        onSubmit={submit}
      >
        {address === null && pending === null ? null : (
          <Button tone="ghost" onClick={() => setRemoving(!isRemoving)}>
            {isRemoving ? 'Keep it' : 'Have none'}
          </Button>
        )}
      </CredentialsForm>
    </Panel>
  );
}
