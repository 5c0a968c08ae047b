import { SCOPES, type Scope } from '@wickworks/core';
import { useState } from 'react';
import { createApiKey, revokeApiKey, useAccountChange, useApiKeys } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/checkbox.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Panel } from '../../ui/panel.js';
import { Row, Rows } from './rows.js';
import { SecretOnce } from './secret-once.js';

const FIELDS: readonly CredentialField[] = [
  { name: 'name', label: 'What it is for', type: 'text', autoComplete: 'off' },
  {
    name: 'networks',
    label: 'Only from (addresses or networks)',
    type: 'text',
    autoComplete: 'off',
    hint: 'Such as 10.0.0.0/8, 192.168.1.7; empty: from everywhere.',
    optional: true,
  },
];

/** Keys for scripts: what they may do, where from, when they were used. */
export function ApiKeysPanel({ zone }: { zone: string }) {
  const keys = useApiKeys();
  const create = useAccountChange(createApiKey);
  const revoke = useAccountChange(revokeApiKey);
  const [scopes, setScopes] = useState<readonly Scope[]>(['market-data:read']);
  const [made, setMade] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  return (
    <Panel title="API keys">
      <Rows
        query={keys}
        what="API keys"
        empty="No keys yet. A script signs in with one: Authorization: Bearer wk_…"
        row={({ id, name, hint, scopes: may, networks, usedMs, usedAddress, expiresMs }) => (
          <Row
            key={id}
            title={`${name} · ${hint}`}
            text={[
              may.join(', '),
              networks.length > 0 ? `from ${networks.join(', ')}` : 'from everywhere',
              usedMs === null ? 'never used' : `used ${formatDateTime(usedMs, zone)} from ${usedAddress ?? 'unknown'}`,
              ...(expiresMs === null ? [] : [`until ${formatDateTime(expiresMs, zone)}`]),
            ].join(' · ')}
            actions={
              <Button
                size="sm"
                tone="danger"
                busy={revoke.isPending && revoke.variables === id}
                onClick={() => revoke.mutate(id)}
              >
                Revoke
              </Button>
            }
          />
        )}
      />
      <div className="border-t-2 border-line p-3">
        {made === null ? (
          <CredentialsForm
            fields={FIELDS}
            action="Create key"
            error={error}
            onSubmit={async ({ name = '', networks = '' }) => {
              try {
                const { key } = await create.mutateAsync({
                  name,
                  scopes: [...scopes],
                  networks: networks.split(/[\s,]+/).filter((part) => part !== ''),
                  expiresMs: null,
                });
                setMade(key);
                setError(null);
              } catch (cause) {
                setError(sentenceOf(cause));
              }
            }}
          >
            <fieldset className="grid w-full gap-1 sm:grid-cols-2">
              <legend className="caps pb-1 text-muted">It may</legend>
              {SCOPES.map((scope) => (
                <Checkbox
                  key={scope}
                  checked={scopes.includes(scope)}
                  onCheckedChange={(isOn) =>
                    setScopes(isOn === true ? [...scopes, scope] : scopes.filter((other) => other !== scope))
                  }
                >
                  {scope}
                </Checkbox>
              ))}
            </fieldset>
          </CredentialsForm>
        ) : (
          <SecretOnce what="API key" text={made} onDone={() => setMade(null)} />
        )}
      </div>
    </Panel>
  );
}
