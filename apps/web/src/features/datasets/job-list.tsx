import type { JobView } from '@wickworks/contracts';
import { useCancelJob, useJobs } from '../../data/stored-data-hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { formatDateTime, zoneName } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Progress } from '../../ui/progress.js';
import { notify } from '../../ui/toast-store.js';
import { Unloaded } from '../../ui/unloaded.js';

const TONES: Readonly<Record<JobView['state'], 'accent' | 'up' | 'down' | 'muted' | 'plain'>> = {
  queued: 'plain',
  running: 'accent',
  done: 'up',
  failed: 'down',
  cancelled: 'muted',
};

/** Long work on the server: what runs, with its progress and a way to stop it, and what ended. */
export function JobList({ canCancel }: { canCancel: boolean }) {
  const jobs = useJobs();
  const cancel = useCancelJob();
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  if (jobs.data === undefined) return <Unloaded query={jobs} what="jobs" />;
  if (jobs.data.length === 0) return <p className="p-3 text-sm text-muted">No job has run yet.</p>;
  return (
    <ul>
      {jobs.data.map((job) => (
        <li key={job.id} className="border-b-2 border-hair p-3 last:border-b-0">
          {job.state === 'running' || job.state === 'queued' ? (
            <Progress
              label={job.kind}
              ratio={job.state === 'queued' ? null : job.progressRatio}
              detail={job.detail}
              {...(canCancel && {
                onCancel: () =>
                  cancel.mutate(job.id, {
                    onError: (error) => notify({ tone: 'bad', title: 'Not cancelled', text: error.message }),
                  }),
              })}
            />
          ) : (
            <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
              <Badge tone={TONES[job.state]}>{job.state}</Badge>
              <span className="font-bold">{job.kind}</span>
              <span className="min-w-0 flex-1 wrap-anywhere text-muted">{job.detail}</span>
              <time className="text-2xs text-muted" dateTime={new Date(job.updatedMs).toISOString()}>
                {formatDateTime(job.updatedMs, zone)}
              </time>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
