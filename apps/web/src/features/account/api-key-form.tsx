import type { Role, Scope } from '@wickworks/core';
import { useState } from 'react';
import { createApiKey, useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Button } from '../../ui/button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { EXPIRIES, expiryMs, type Expiry } from './expiry.js';
import { ScopeChoice } from './scope-choice.js';

const FIELDS: readonly CredentialField[] = [
  { name: 'name', label: 'What it is for', type: 'text', autoComplete: 'off', hint: 'Such as “nightly export”.' },
  {
    name: 'networks',
    label: 'Only from (addresses or networks)',
    type: 'text',
    autoComplete: 'off',
    hint: 'Such as 10.0.0.0/8, 192.168.1.7; empty: from everywhere.',
    optional: true,
  },
];

/** Makes a key: its name, where from, for how long, what for. It never may do more than its owner. */
export function ApiKeyForm({
  role,
  onMade,
  onClose,
}: {
  role: Role;
  onMade: (key: string) => void;
  onClose: () => void;
}) {
  const create = useAccountChange(createApiKey);
  const [scopes, setScopes] = useState<readonly Scope[]>(['market-data:read']);
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [day, setDay] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async ({ name = '', networks = '' }: Readonly<Record<string, string>>): Promise<void> => {
    if (scopes.length === 0) {
      setError('Choose at least one thing that the key may do.');
      return;
    }
    try {
      const { key } = await create.mutateAsync({
        name,
        scopes: [...scopes],
        networks: networks.split(/[\s,]+/).filter((part) => part !== ''),
        expiresMs: expiryMs(expiry, day, Date.now()),
      });
      onMade(key);
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  return (
    <CredentialsForm
      fields={FIELDS}
      action="Create key"
      error={error}
      focusFirst
      onSubmit={submit}
      more={
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="It holds">
              {(control) => (
                <Select
                  {...control}
                  label="It holds"
                  options={EXPIRIES}
                  value={expiry}
                  onChange={setExpiry}
                  className="h-10"
                />
              )}
            </Field>
            {expiry === 'day' ? (
              <Field label="Last day (UTC)">
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    required
                    value={day}
                    onChange={(event) => setDay(event.target.value)}
                    className="h-10"
                  />
                )}
              </Field>
            ) : null}
          </div>
          <ScopeChoice role={role} chosen={scopes} onChange={setScopes} />
        </>
      }
    >
      <Button tone="ghost" onClick={onClose}>
        Not now
      </Button>
    </CredentialsForm>
  );
}
