import { Suspense } from 'react';
import { Dialog } from '../../ui/dialog.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { LoadingRows } from './loading-rows.js';
import { later } from '../../ui/later.js';

// All indicators' code: a chunk of its own.
const IndicatorList = later(async () => (await import('./indicator-list.js')).IndicatorList);

/** Add indicators to the chart by typing: Enter adds and the dialog stays for the next one, Escape closes it. */
export function IndicatorPicker({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open onOpenChange={onOpenChange} title="Add indicators" place="top" className="max-w-[760px]">
      <ErrorBoundary subject="The list of indicators">
        <Suspense fallback={<LoadingRows label="Loading indicators" />}>
          <IndicatorList />
        </Suspense>
      </ErrorBoundary>
    </Dialog>
  );
}
