import type { ExchangeView } from '@wickworks/contracts';
import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { addExchangeKey, needsPassphrase } from '../../data/exchange-keys.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Field } from '../../ui/field.js';
import { Panel } from '../../ui/panel.js';
import { Select } from '../../ui/select.js';
import { notify } from '../../ui/toast-store.js';

const FIELDS: readonly CredentialField[] = [
  {
    name: 'label',
    label: 'Name',
    type: 'text',
    autoComplete: 'off',
    hint: 'Yours to choose, such as “main account, trading only”.',
  },
  { name: 'apiKey', label: 'API key', type: 'text', autoComplete: 'off' },
  {
    name: 'secret',
    label: 'Secret',
    type: 'password',
    autoComplete: 'off',
    hint: 'Never shown again, not even to you.',
  },
];
const PASSPHRASE: CredentialField = {
  name: 'passphrase',
  label: 'Passphrase',
  type: 'password',
  autoComplete: 'off',
  hint: 'This exchange asks for the one you chose when you made the key.',
};

/** Stores a key that was made at an exchange. */
export function AddKey({ exchanges }: { exchanges: readonly ExchangeView[] }) {
  const add = useAccountChange(addExchangeKey);
  const [chosen, setChosen] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const exchange = chosen ?? exchanges[0]?.id ?? '';
  const submit = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const { label = '', apiKey = '', secret = '', passphrase } = values;
    try {
      const { warnings } = await add.mutateAsync({
        exchange,
        label,
        apiKey,
        secret,
        ...(passphrase !== undefined && { passphrase }),
      });
      setError(null);
      setRound(round + 1);
      const grave = warnings.find(({ code }) => code === 'can-withdraw');
      notify(
        grave === undefined
          ? { tone: 'good', title: `${label} stored`, text: 'The secret is sealed; it is never shown again.' }
          : { tone: 'bad', title: `${label} stored, but it can withdraw`, text: grave.message },
      );
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  return (
    <Panel title="Store a key" bodyClassName="flex flex-col gap-4 p-3">
      <p className="text-sm text-muted">
        At the exchange, let the key read and trade, <strong className="text-ink">never withdraw</strong>, and bind it
        to the address of this server where the exchange offers that.
      </p>
      <Field label="Exchange">
        {(control) => (
          <Select
            {...control}
            label="Exchange"
            options={exchanges.map(({ id, title }) => ({ value: id, label: title }))}
            value={exchange}
            onChange={setChosen}
            disabled={exchanges.length === 0}
          />
        )}
      </Field>
      <CredentialsForm
        key={round}
        fields={needsPassphrase(exchange) ? [...FIELDS, PASSPHRASE] : FIELDS}
        action="Store key"
        error={error}
        onSubmit={submit}
      />
    </Panel>
  );
}
