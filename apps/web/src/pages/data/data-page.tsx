import { BackfillForm } from '../../features/datasets/backfill-form.js';
import { DatasetList } from '../../features/datasets/dataset-list.js';
import { ImportForm } from '../../features/datasets/import-form.js';
import { JobList } from '../../features/datasets/job-list.js';
import { useIsIn, useMay } from '../../data/use-may.js';
import { RoleNote } from '../../features/sign-in/role-note.js';
import { PageHeader } from '../../ui/page-header.js';
import { Panel } from '../../ui/panel.js';

/** What candles the server keeps, and how to get more. */
export function DataPage() {
  const mayChange = useMay('trader');
  const isIn = useIsIn();
  return (
    <div>
      <PageHeader
        title="Data"
        text="Candles kept on this server: ranges, gaps and fingerprints. Backfill fetches what is missing."
      />
      <RoleNote role="trader">You see what is stored; you cannot fetch, import or delete candles.</RoleNote>
      <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Panel title="Datasets" className="self-start">
          <DatasetList canDelete={mayChange} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          {mayChange ? (
            <Panel title="Backfill">
              <BackfillForm />
            </Panel>
          ) : null}
          {isIn ? (
            <Panel title="Jobs">
              <JobList canCancel={mayChange} />
            </Panel>
          ) : null}
          {mayChange ? (
            <Panel title="Import">
              <ImportForm />
            </Panel>
          ) : null}
        </div>
      </div>
    </div>
  );
}
