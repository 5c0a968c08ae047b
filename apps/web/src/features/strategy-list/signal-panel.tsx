import type { StrategyView } from '@wickworks/contracts';
import { useStrategySignals } from '../../data/strategies-hooks.js';
import { describeError } from '../../data/strategies-rest.js';
import { formatPrice } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';
import { DataTable } from '../../ui/data-table.js';
import type { TableColumn } from '../../ui/table-model.js';

/** The newest signals of a strategy, as stored by the server. */
export function SignalPanel({ strategy, zone }: { strategy: StrategyView; zone: string }) {
  const { data, error } = useStrategySignals(strategy.id, strategy.running.length > 0);
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
  if (error !== null) return <p className="p-3 text-sm text-muted">{describeError(error)}</p>;
  return (
    <DataTable
      label="Signals"
      columns={columns}
      rowCount={signals.length}
      version={signals[0]?.openTimeMs ?? 0}
      empty={strategy.running.length > 0 ? 'No signal yet.' : 'It is not running.'}
      className="h-56"
    />
  );
}
