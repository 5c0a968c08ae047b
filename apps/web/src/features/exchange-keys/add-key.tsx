import type { ExchangeView } from '@wickworks/contracts';
import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { addExchangeKey } from '../../data/exchange-keys.js';
import { CredentialsForm } from '../../ui/credentials-form.js';
import { Field } from '../../ui/field.js';
import { Panel } from '../../ui/panel.js';
import { Select } from '../../ui/select.js';
import { keyFields, tellStored } from './key-fields.js';

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
      const key = { label, apiKey, secret, ...(passphrase !== undefined && { passphrase }) };
      tellStored(await add.mutateAsync({ exchange, ...key }));
      setError(null);
      setRound(round + 1);
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
            className="h-10"
          />
        )}
      </Field>
      <CredentialsForm key={round} fields={keyFields(exchange)} action="Store key" error={error} onSubmit={submit} />
    </Panel>
  );
}
