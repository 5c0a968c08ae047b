import type { ApiKeyView } from '@wickworks/contracts';
import type { Role } from '@wickworks/core';
import { useState } from 'react';
import { revokeApiKey, useAccountChange, useApiKeys } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { Panel } from '../../ui/panel.js';
import { ApiKeyForm } from './api-key-form.js';
import { Disclosure } from './disclosure.js';
import { Row, Rows } from './rows.js';
import { SecretOnce } from './secret-once.js';

/** Keys for scripts: what they may do, where from, when they were used. */
export function ApiKeysPanel({ role, zone }: { role: Role; zone: string }) {
  const keys = useApiKeys();
  const revoke = useAccountChange(revokeApiKey);
  const [made, setMade] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<ApiKeyView | null>(null);
  const [openedMs] = useState(() => Date.now());
  return (
    <Panel
      title="API keys"
      actions={
        <Button size="sm" tone="ghost" asChild>
          <a href="/api/docs">What the API can do</a>
        </Button>
      }
    >
      <Rows
        query={keys}
        what="API keys"
        empty="No keys yet. A script signs in with one: Authorization: Bearer wk_…"
        row={(key) => (
          <Row
            key={key.id}
            title={`${key.name} · ${key.hint}`}
            badges={key.expiresMs !== null && key.expiresMs <= openedMs ? <Badge tone="warn">Expired</Badge> : null}
            text={[
              key.scopes.join(', '),
              key.networks.length > 0 ? `from ${key.networks.join(', ')}` : 'from everywhere',
              key.usedMs === null
                ? 'never used'
                : `used ${formatDateTime(key.usedMs, zone)} from ${key.usedAddress ?? 'unknown'}`,
              key.expiresMs === null ? 'for ever' : `until ${formatDateTime(key.expiresMs, zone)}`,
            ].join(' · ')}
            actions={
              <Button size="sm" tone="danger" onClick={() => setDoomed(key)}>
                Revoke <span className="sr-only">{key.name}</span>
              </Button>
            }
          />
        )}
      />
      {made === null ? (
        <Disclosure action="New key">
          {(close) => (
            <ApiKeyForm
              role={role}
              onClose={close}
              onMade={(key) => {
                close();
                setMade(key);
              }}
            />
          )}
        </Disclosure>
      ) : (
        <div className="border-t-2 border-line p-3">
          <SecretOnce
            what="API key"
            hint="A script sends it as Authorization: Bearer …"
            text={made}
            onDone={() => setMade(null)}
          />
        </div>
      )}
      {doomed === null ? null : (
        <ConfirmDialog
          title={`Revoke ${doomed.name}`}
          text="Whatever signs in with it is refused from now on. This cannot be undone."
          action="Revoke key"
          mutation={revoke}
          variables={doomed.id}
          describe={sentenceOf}
          onClose={() => setDoomed(null)}
        />
      )}
    </Panel>
  );
}
