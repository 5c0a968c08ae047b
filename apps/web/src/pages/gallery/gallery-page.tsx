import { PageHeader } from '../../ui/page-header.js';
import { ChoiceSamples } from './choice-samples.js';
import { ControlSamples } from './control-samples.js';
import { FeedbackSamples } from './feedback-samples.js';
import { LayerSamples } from './layer-samples.js';
import { TableSamples } from './table-samples.js';
import { TokenSamples } from './token-samples.js';

/** Every component in every state, in the theme that is on. */
export function GalleryPage() {
  return (
    <div>
      <PageHeader title="Gallery" text="Every component in every state. What is built later is built from these." />
      <div className="columns-1 gap-4 p-4 *:mb-4 *:break-inside-avoid sm:p-6 xl:columns-2 min-[2200px]:columns-3">
        <TokenSamples />
        <ControlSamples />
        <ChoiceSamples />
        <LayerSamples />
        <FeedbackSamples />
        <TableSamples />
      </div>
    </div>
  );
}
