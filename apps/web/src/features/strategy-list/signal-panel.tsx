import type { StrategyView } from '@wickworks/contracts';
import { describeError } from '../../data/strategies-rest.js';
import { useStrategySignals } from '../../data/strategies-stored.js';
import { formatPrice } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { DataTable } from '../../ui/data-table.js';
import type { TableColumn } from '../../ui/table-model.js';

/** The newest signals of a strategy, as stored by the server. */
export function SignalPanel({ strategy, zone }: { strategy: StrategyView; zone: string }) {
  const { data, dataUpdatedAt, error, isPending, isFetching, refetch } = useStrategySignals(
    strategy.id,
    strategy.running.length > 0,
  );
  const signals = data ?? [];
  const columns: readonly TableColumn[] = [
    {
      id: 'openTimeMs',
      header: 'Candle',
      value: (row) => signals[row]?.openTimeMs ?? null,
      text: (row) => formatDateTime(signals[row]?.openTimeMs ?? 0, zone),
      align: 'left',
      width: '140px',
    },
    { id: 'symbol', header: 'Market', value: (row) => signals[row]?.symbol ?? '', align: 'left', width: '104px' },
    { id: 'action', header: 'Signal', value: (row) => signals[row]?.action ?? '', align: 'left', width: '112px' },
    {
      id: 'price',
      header: 'Close',
      value: (row) => signals[row]?.price ?? null,
      text: (row) => formatPrice(signals[row]?.price ?? null, null),
      width: '112px',
    },
    { id: 'reason', header: 'Because', value: (row) => signals[row]?.reason ?? '', align: 'left' },
  ];
  if (error !== null)
    return (
      <p role="alert" className="p-3 text-sm">
        Signals cannot be read: {describeError(error)}{' '}
        <Button size="sm" tone="ghost" busy={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    );
  if (isPending) return <p className="p-3 text-sm text-muted">Asking the server…</p>;
  return (
    <DataTable
      label="Signals"
      columns={columns}
      rowCount={signals.length}
      version={dataUpdatedAt}
      empty={
        strategy.running.length > 0
          ? 'No signal yet: it waits for its rules.'
          : 'It is not running; Start follows a market.'
      }
      className="h-56"
    />
  );
}
