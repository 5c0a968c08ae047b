import type { CredentialView } from '@wickworks/contracts';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { checkExchangeKey, removeExchangeKey, useExchangeKeys } from '../../data/exchange-keys.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Panel } from '../../ui/panel.js';
import { Skeleton } from '../../ui/skeleton.js';
import { notify } from '../../ui/toast-store.js';
import { AddKey } from './add-key.js';
import { KeyRow } from './key-row.js';
import { ReplaceKey } from './replace-key.js';

/** Keys at exchanges: which there are, what they may do, one more, one less. */
export function ExchangeKeys({ zone }: { zone: string }) {
  const { exchanges, keys, error, isFetching, refetch } = useExchangeKeys();
  const remove = useAccountChange(removeExchangeKey);
  const check = useAccountChange(checkExchangeKey);
  const [doomed, setDoomed] = useState<CredentialView | null>(null);
  const [replaced, setReplaced] = useState<CredentialView | null>(null);
  const titleOf = (id: string): string => exchanges.find((exchange) => exchange.id === id)?.title ?? id;
  const body = (() => {
    if (error !== null)
      return (
        <ErrorState
          className="m-3"
          title="The keys could not be loaded"
          text={sentenceOf(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      );
    if (keys === undefined)
      return (
        <div aria-busy className="flex flex-col gap-2 p-3">
          <span className="sr-only">Loading keys</span>
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      );
    if (keys.length === 0)
      return (
        <EmptyState
          icon={KeyRound}
          title="No keys yet"
          text="Candles need none. To see balances or to trade, make a key at your exchange and store it here."
        />
      );
    return (
      <ul className="divide-y-2 divide-hair">
        {keys.map((key) => (
          <KeyRow key={key.id} item={key} exchangeTitle={titleOf(key.exchange)} zone={zone}>
            <Button
              size="sm"
              busy={check.isPending && check.variables.id === key.id}
              onClick={() =>
                check.mutate(key, {
                  onError: (cause) => notify({ tone: 'bad', title: 'Not checked', text: sentenceOf(cause) }),
                })
              }
            >
              Check again <span className="sr-only">what {key.label} may do</span>
            </Button>
            <Button size="sm" onClick={() => setReplaced(key)}>
              Replace <span className="sr-only">{key.label}</span>
            </Button>
            <Button size="sm" tone="danger" onClick={() => setDoomed(key)}>
              Remove <span className="sr-only">{key.label}</span>
            </Button>
          </KeyRow>
        ))}
      </ul>
    );
  })();
  return (
    <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Panel title="Your keys">{body}</Panel>
      <AddKey exchanges={exchanges} />
      {replaced === null ? null : <ReplaceKey stored={replaced} onClose={() => setReplaced(null)} />}
      {doomed === null ? null : (
        <ConfirmDialog
          title={`Remove ${doomed.label}`}
          text={`The server forgets the key ${doomed.hint} at ${titleOf(doomed.exchange)}. The exchange still knows it: delete it there too.`}
          action="Remove key"
          mutation={remove}
          variables={doomed}
          describe={sentenceOf}
          onClose={() => setDoomed(null)}
        />
      )}
    </div>
  );
}
