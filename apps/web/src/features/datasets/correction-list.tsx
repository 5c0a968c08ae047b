import type { CorrectionView, DatasetView } from '@wickworks/contracts';
import { useState } from 'react';
import { useCorrections } from '../../data/stored-data-hooks.js';
import { formatDateTime } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { Unloaded } from '../../ui/unloaded.js';

const FIELDS = ['', 'Open', 'High', 'Low', 'Close', 'Volume'] as const;
const ORIGINS: Readonly<Record<CorrectionView['origin'], string>> = {
  stream: 'the live stream',
  rest: 'a fetch',
  import: 'an import',
  built: 'shorter candles',
};

/** Every digit that was stored, none that float64 only seems to have. */
const exact = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });

/** Which closed candles of a series came again with other values; asked for when it is opened. */
export function CorrectionList({ dataset, zone }: { dataset: DatasetView; zone: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="col-span-full text-xs" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="font-bold">Which candles were corrected</summary>
      <div className="mt-1">{isOpen ? <Corrections dataset={dataset} zone={zone} /> : null}</div>
    </details>
  );
}

function Corrections({ dataset, zone }: { dataset: DatasetView; zone: string }) {
  const corrections = useCorrections(dataset);
  if (corrections.data === undefined) return <Unloaded query={corrections} what="corrections" isInset={false} />;
  const items = corrections.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="text-muted">None any more: the candles were deleted meanwhile.</p>;
  const name = `Corrections of ${dataset.symbol} ${dataset.timeframe}`;
  return (
    <div
      className="max-h-80 overflow-auto border-2 border-hair p-2"
      role="group"
      aria-label={name}
      // Reachable by keyboard, as it scrolls.
      tabIndex={0}
    >
      <table className="w-full text-left">
        <caption className="sr-only">{name}, newest first</caption>
        <thead className="caps text-muted">
          <tr>
            <th scope="col" className="pr-4">
              Candle
            </th>
            <th scope="col" className="pr-4">
              Was, and is
            </th>
            <th scope="col">Seen</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} className="border-t border-hair align-top">
              <th scope="row" className="py-1 pr-4 font-bold sm:whitespace-nowrap">
                {formatDateTime(item.openTimeMs, zone)}
              </th>
              <td className="py-1 pr-4">
                <Changes correction={item} />
              </td>
              <td className="py-1 text-muted">
                <time dateTime={new Date(item.seenAtMs).toISOString()} className="sm:whitespace-nowrap">
                  {formatDateTime(item.seenAtMs, zone)}
                </time>
                , by {ORIGINS[item.origin]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {corrections.hasNextPage ? (
        <Button className="mt-2" busy={corrections.isFetchingNextPage} onClick={() => void corrections.fetchNextPage()}>
          Show older ones
        </Button>
      ) : null}
    </div>
  );
}

/** What differs of a candle, old and new. */
function Changes({ correction: { previous, candle } }: { correction: CorrectionView }) {
  return (
    <ul>
      {FIELDS.map((name, at) =>
        at === 0 || previous[at] === candle[at] ? null : (
          <li key={name} className="flex flex-wrap gap-x-2">
            <span className="w-14 text-muted">{name}</span>
            <del className="text-muted">
              <span className="sr-only">was </span>
              {exact.format(previous[at]!)}
            </del>
            <strong className="font-bold">
              <span className="sr-only">is </span>
              {exact.format(candle[at]!)}
            </strong>
          </li>
        ),
      )}
    </ul>
  );
}
