import type { StrategyView } from '@wickworks/contracts';
import { useState } from 'react';
import { useExchanges, useMarkets } from '../../data/hooks.js';
import { useStartStrategy } from '../../data/strategies-hooks.js';
import { describeError } from '../../data/strategies-rest.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { Button } from '../../ui/button.js';
import { Combobox } from '../../ui/combobox.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { notify } from '../../ui/toast-store.js';

/** Where a strategy shall run for its signals. */
export function StartDialog({
  strategy,
  onOpenChange,
}: {
  strategy: StrategyView;
  onOpenChange: (open: boolean) => void;
}) {
  const exchange = useWorkspace((workspace) => workspace.exchange);
  const current = useWorkspace((workspace) => workspace.symbol);
  const [symbol, setSymbol] = useState(current);
  const markets = useMarkets(exchange, '');
  const title = useExchanges().data?.find(({ id }) => id === exchange)?.title ?? exchange;
  const start = useStartStrategy();
  // The chosen market stands here at once, before the list of all is there, and without it.
  const symbols = [...new Set([current, ...(markets.data ?? []).map((market) => market.symbol)])];
  const submit = (): void => {
    // Told even to those who have closed the dialog meanwhile.
    start
      .mutateAsync({ id: strategy.id, markets: [{ exchange, symbol }], params: {} })
      .then(() => {
        notify({ tone: 'good', title: `${strategy.name} is running`, text: `Signals on ${symbol}` });
        onOpenChange(false);
      })
      .catch((error: unknown) => notify({ tone: 'bad', title: 'Not started', text: describeError(error) }));
  };
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Start ${strategy.name}`}
      description="It reads live candles and tells its signals; it places no orders."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" busy={start.isPending} onClick={submit}>
            Start
          </Button>
        </>
      }
    >
      <div className="p-4">
        <Field
          label={`Market of ${title}`}
          {...(markets.error === null ? {} : { error: `Other markets cannot be listed: ${markets.error.message}` })}
        >
          {(control) => (
            <Combobox
              {...control}
              label="Market"
              options={symbols.map((one) => ({ value: one, label: one }))}
              value={symbol}
              onChange={setSymbol}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
