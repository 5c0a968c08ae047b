import type { StrategyView } from '@wickworks/contracts';
import { useState } from 'react';
import { useMarkets } from '../../data/hooks.js';
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
  const start = useStartStrategy();
  const submit = (): void =>
    start.mutate(
      { id: strategy.id, markets: [{ exchange, symbol }], params: {} },
      {
        onSuccess: () => {
          notify({ tone: 'good', title: `${strategy.name} is running`, text: `Signals on ${symbol}` });
          onOpenChange(false);
        },
        onError: (error) => notify({ tone: 'bad', title: 'Not started', text: describeError(error) }),
      },
    );
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
        <Field label="Market">
          {(control) => (
            <Combobox
              {...control}
              label="Market"
              options={(markets.data ?? []).map((market) => ({ value: market.symbol, label: market.symbol }))}
              value={symbol}
              onChange={setSymbol}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
