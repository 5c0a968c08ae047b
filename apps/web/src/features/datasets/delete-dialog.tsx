import type { DatasetView } from '@wickworks/contracts';
import { useDeleteDataset } from '../../data/stored-data-hooks.js';
import { formatCount } from '../../format/number.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/toast-store.js';

/** Asks before stored candles are thrown away, naming exactly what goes. */
export function DeleteDialog({ dataset, onClose }: { dataset: DatasetView; onClose: () => void }) {
  const remove = useDeleteDataset();
  const { exchange, symbol, timeframe } = dataset;
  const name = `${symbol} ${timeframe}`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Delete ${name}`}
      description={`${formatCount(dataset.candles)} stored candles of ${name} on ${exchange} are deleted. What the exchange still has can be fetched again; what it no longer has is lost.`}
      footer={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button
            tone="danger"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(
                { exchange, symbol, timeframe },
                {
                  onSuccess: () => {
                    notify({ tone: 'plain', title: `${name} deleted` });
                    onClose();
                  },
                  onError: (error) => notify({ tone: 'bad', title: `${name} not deleted`, text: error.message }),
                },
              )
            }
          >
            Delete {formatCount(dataset.candles)} candles
          </Button>
        </>
      }
    >
      <div className="h-3" />
    </Dialog>
  );
}
