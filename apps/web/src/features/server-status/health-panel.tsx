import type { HealthView } from '@wickworks/contracts';
import { useHealth } from '../../data/stored-data-hooks.js';
import { formatDuration } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { ErrorState } from '../../ui/error-state.js';
import { Panel } from '../../ui/panel.js';
import { Skeleton } from '../../ui/skeleton.js';

const TONES: Readonly<Record<HealthView['state'], 'up' | 'warn' | 'down'>> = {
  ok: 'up',
  degraded: 'warn',
  failed: 'down',
};

/** The parts the server depends on; the worst decides. */
export function HealthPanel() {
  const health = useHealth();
  return (
    <Panel
      title="Server"
      actions={health.data === undefined ? null : <Badge tone={TONES[health.data.state]}>{health.data.state}</Badge>}
    >
      <HealthBody health={health} />
    </Panel>
  );
}

function HealthBody({ health }: { health: ReturnType<typeof useHealth> }) {
  if (health.error !== null)
    return (
      <ErrorState
        className="m-3"
        title="The server did not answer"
        text={health.error.message}
        onRetry={() => void health.refetch()}
        retrying={health.isFetching}
      />
    );
  if (health.data === undefined)
    return (
      <div aria-busy className="flex flex-col gap-2 p-3">
        <span className="sr-only">Loading health</span>
        <Skeleton />
        <Skeleton />
        <Skeleton />
      </div>
    );
  return (
    <>
      <dl>
        {Object.entries(health.data.parts).map(([name, part]) => (
          <div
            key={name}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-b border-hair px-3 py-2"
          >
            <dt className="text-sm font-bold">{name}</dt>
            <dd className="contents">
              <Badge tone={TONES[part.state]}>{part.state}</Badge>
              <span className="col-span-full text-xs wrap-anywhere text-muted">{part.detail}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="flex justify-between gap-4 px-3 py-2 text-xs text-muted">
        <span>Version {health.data.version}</span>
        <span>Up {formatDuration(health.data.uptimeMs)}</span>
      </p>
    </>
  );
}
