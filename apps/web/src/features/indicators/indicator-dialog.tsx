import { Suspense } from 'react';
import type { IndicatorChoice } from '../../data/workspace-schema.js';
import { Dialog } from '../../ui/dialog.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { LoadingRows } from './loading-rows.js';
import { later } from '../../ui/later.js';

const IndicatorForm = later(async () => (await import('./indicator-form.js')).IndicatorForm);

/** Settings of one indicator on the chart; the chart follows while they are changed. */
export function IndicatorDialog({
  choice,
  title,
  onOpenChange,
}: {
  choice: IndicatorChoice;
  title: string;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open onOpenChange={onOpenChange} title={title} place="right">
      <ErrorBoundary subject="The settings" resetKey={choice.id}>
        <Suspense fallback={<LoadingRows label="Loading settings" />}>
          <IndicatorForm key={choice.id} choice={choice} onDone={() => onOpenChange(false)} />
        </Suspense>
      </ErrorBoundary>
    </Dialog>
  );
}
