import { timeframeMs, MS_PER_DAY } from '@wickworks/core';
import { ClipboardCopy, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMarket } from '../../data/hooks.js';
import type { SeriesHandle } from '../../data/hooks-api.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { decimalsOfStep, formatCount } from '../../format/number.js';
import { zoneName } from '../../format/time.js';
import { copyText } from '../../ui/copy-text.js';
import { DataTable } from '../../ui/data-table.js';
import { IconButton } from '../../ui/icon-button.js';
import { orderRows, tableToCsv, type TableSort } from '../../ui/table-model.js';
import { ohlcvColumns } from './ohlcv-columns.js';
import { useReadableVersion } from './use-readable-version.js';

export interface OhlcvTableProps {
  series: SeriesHandle;
  onClose: () => void;
}

const NEWEST_FIRST: TableSort = { column: 'time', direction: 'descending' };

/** The loaded candles as figures, live, the newest on top unless sorted otherwise. */
export function OhlcvTable({ series: { store, state }, onClose }: OhlcvTableProps) {
  const version = useReadableVersion(store);
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const market = useMarket(store.key.exchange, store.key.symbol);
  const [sort, setSort] = useState<TableSort>(NEWEST_FIRST);
  const priceDecimals = decimalsOfStep(market?.priceTick ?? null);
  const showsClock = timeframeMs(store.key.timeframe) < MS_PER_DAY;
  const columns = useMemo(
    () => ohlcvColumns({ candles: () => store.candles, priceDecimals, zone, showsClock }),
    [store, priceDecimals, zone, showsClock],
  );
  const rowCount = store.candles.length;

  const copy = (): void => {
    const rowAt = orderRows(
      rowCount,
      columns.find((column) => column.id === sort.column),
      sort.direction,
    );
    copyText(tableToCsv(columns, rowCount, rowAt), `${formatCount(rowCount)} candles as CSV`);
  };

  return (
    <section aria-labelledby="ohlcv-title" data-feed={state.phase} className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center justify-between border-b-2 border-line pr-1 pl-3 touch:h-11">
        <h2 id="ohlcv-title" className="caps flex items-baseline gap-2">
          Candles <span className="font-medium tracking-normal text-muted">{formatCount(rowCount)}</span>
        </h2>
        <span className="flex items-center">
          <IconButton
            icon={ClipboardCopy}
            label="Copy as CSV"
            size="sm"
            tipSide="left"
            disabled={rowCount === 0}
            onClick={copy}
          />
          <IconButton icon={X} label="Close the table" size="sm" tipSide="left" onClick={onClose} />
        </span>
      </header>
      <DataTable
        className="flex-1"
        label={`Candles of ${store.key.symbol}, ${store.key.timeframe}`}
        columns={columns}
        rowCount={rowCount}
        version={version}
        sort={sort}
        onSortChange={setSort}
        empty={
          state.phase === 'failed'
            ? (state.problem?.detail ?? 'The server refused this series.')
            : 'Waiting for candles…'
        }
        rowClass={(row) => (store.forming && row === rowCount - 1 ? 'bg-raised' : undefined)}
      />
    </section>
  );
}
