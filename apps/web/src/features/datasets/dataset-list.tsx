import type { DatasetView } from '@wickworks/contracts';
import { candlesBetween } from '@wickworks/core';
import { ChartCandlestick, Copy, DatabaseZap, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useDatasets } from '../../data/stored-data-hooks.js';
import { marketChosen, timeframeChosen, useWorkspace, useWorkspaceDispatch } from '../../data/workspace-slice.js';
import { formatCount } from '../../format/number.js';
import { formatDateTime, formatDuration, zoneName } from '../../format/time.js';
import { cn } from '../../ui/cn.js';
import { copyText } from '../../ui/copy-text.js';
import { EmptyState } from '../../ui/empty-state.js';
import { IconButton } from '../../ui/icon-button.js';
import { Unloaded } from '../../ui/unloaded.js';
import { CorrectionList } from './correction-list.js';
import { CoverageBar } from './coverage-bar.js';
import { DeleteDialog } from './delete-dialog.js';

/** Every stored series: its range, what is missing in it, and its fingerprint. */
export function DatasetList({ canDelete }: { canDelete: boolean }) {
  const datasets = useDatasets();
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const [doomed, setDoomed] = useState<DatasetView | null>(null);
  const dispatch = useWorkspaceDispatch();
  const navigate = useNavigate();
  // The only way to a market that its exchange lists no more: no picker has it.
  const show = ({ exchange, symbol, timeframe }: DatasetView): void => {
    dispatch(marketChosen({ exchange, symbol }));
    dispatch(timeframeChosen(timeframe));
    void navigate('/');
  };
  if (datasets.data === undefined) return <Unloaded query={datasets} what="datasets" bars={3} />;
  if (datasets.data.length === 0)
    return (
      <EmptyState
        icon={DatabaseZap}
        title="No candles stored yet"
        text="Candles are stored while a chart shows them. A backfill fetches past ranges as well."
      />
    );
  return (
    <>
      <ul>
        {datasets.data.map((dataset) => (
          <li
            key={`${dataset.exchange} ${dataset.symbol} ${dataset.timeframe}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 border-b-2 border-hair p-3 last:border-b-0"
          >
            <div className="min-w-0">
              <h3 className="flex flex-wrap items-baseline gap-x-3">
                <span className="text-lg font-extrabold">{dataset.symbol}</span>
                <span className="text-sm font-bold text-accent-text">{dataset.timeframe}</span>
                <span className="text-xs text-muted">{dataset.exchange}</span>
              </h3>
              <CoverageBar dataset={dataset} className="my-2" />
              <p className="flex flex-wrap justify-between gap-x-4 text-2xs text-muted">
                <span>{formatDateTime(dataset.fromMs, zone)}</span>
                <span>
                  {formatDateTime(dataset.toMs, zone)} {zone.replaceAll('_', ' ')}
                </span>
              </p>
            </div>
            <span className="flex">
              <IconButton
                icon={ChartCandlestick}
                label={`Show ${dataset.symbol} ${dataset.timeframe} on the chart`}
                tipSide="left"
                onClick={() => show(dataset)}
              />
              {canDelete ? (
                <IconButton
                  icon={Trash2}
                  label={`Delete ${dataset.symbol} ${dataset.timeframe}`}
                  tone="danger"
                  tipSide="left"
                  onClick={() => setDoomed(dataset)}
                />
              ) : null}
            </span>
            <dl className="col-span-full grid grid-cols-2 gap-x-4 gap-y-1 text-xs sm:grid-cols-4">
              <Fact name="Candles" value={formatCount(dataset.candles)} />
              <Fact
                name="Gaps"
                value={dataset.fault === null ? gapText(dataset) : 'unknown'}
                isBad={dataset.gaps.length > 0}
              />
              <Fact name="Corrections" value={formatCount(dataset.corrections)} isBad={dataset.corrections > 0} />
              <div className="min-w-0">
                <dt className="caps text-muted">Hash</dt>
                <dd>
                  {dataset.fault === null ? (
                    <button
                      type="button"
                      onClick={() => copyText(dataset.contentHash, 'SHA-256 of the dataset')}
                      className="-my-1 flex min-h-6 max-w-full items-center gap-1 font-bold hover:bg-ink hover:text-bg"
                    >
                      <span className="sr-only">
                        Copy the hash of {dataset.symbol} {dataset.timeframe}{' '}
                      </span>
                      <span className="truncate">{dataset.contentHash.slice(0, 12)}</span>
                      <Copy className="size-3 shrink-0" aria-hidden />
                    </button>
                  ) : (
                    'unknown'
                  )}
                </dd>
              </div>
            </dl>
            {dataset.fault === null ? null : (
              <p role="alert" className="col-span-full border-2 border-down p-2 text-xs">
                <strong>These candles cannot be read:</strong> {dataset.fault}. Delete the dataset and fetch it again,
                or restore the data folder from a backup.
              </p>
            )}
            {dataset.corrections === 0 ? null : <CorrectionList dataset={dataset} zone={zone} />}
            {dataset.gaps.length === 0 ? null : (
              <details className="col-span-full text-xs">
                <summary className="font-bold">Where candles are missing</summary>
                <ul className="mt-1 max-h-40 overflow-y-auto border-2 border-hair p-2 text-muted">
                  {dataset.gaps.map(([fromMs, toMs]) => (
                    <li key={fromMs} className="flex justify-between gap-4">
                      <span>{formatDateTime(fromMs, zone)}</span>
                      <span>{formatDuration(toMs - fromMs)}</span>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
      {doomed === null ? null : <DeleteDialog dataset={doomed} onClose={() => setDoomed(null)} />}
    </>
  );
}

/** How many candles the gaps lack, e.g. `2 (90 candles)`. */
function gapText({ gaps, timeframe }: DatasetView): string {
  if (gaps.length === 0) return 'none';
  const missing = gaps.reduce((sum, [fromMs, toMs]) => sum + Math.max(1, candlesBetween(timeframe, fromMs, toMs)), 0);
  return `${formatCount(gaps.length)} (${formatCount(missing)} candles)`;
}

function Fact({ name, value, isBad = false }: { name: string; value: string; isBad?: boolean }) {
  return (
    <div className="min-w-0">
      <dt className="caps text-muted">{name}</dt>
      <dd className={cn('truncate font-bold', isBad && 'text-warn')}>{value}</dd>
    </div>
  );
}
