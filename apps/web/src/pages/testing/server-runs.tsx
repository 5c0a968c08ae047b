import type { BacktestView } from '@wickworks/contracts';
import { FolderOpen, Server, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { sentenceOf } from '../../data/auth-rest.js';
import { isUnderWay, useServerBacktestCalls } from '../../data/backtests-server.js';
import { timeframesOf } from '../../data/run-names.js';
import type { RestQuery } from '../../data/hooks-api.js';
import { formatChange, formatCount } from '../../format/number.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { IconButton } from '../../ui/icon-button.js';
import { Panel } from '../../ui/panel.js';
import { Progress } from '../../ui/progress.js';
import { notify } from '../../ui/toast-store.js';

const TONES: Readonly<Record<BacktestView['state'], 'accent' | 'up' | 'down' | 'muted' | 'plain'>> = {
  queued: 'plain',
  running: 'accent',
  done: 'up',
  failed: 'down',
  cancelled: 'muted',
};

export interface ServerRunsProps {
  runs: RestQuery<readonly BacktestView[]>;
  /** May stop and delete. */
  canChange: boolean;
  zone: string;
  onOpen: (id: string) => void;
}

/** Backtests on the server, by whichever way they were started: what runs, and what came of the others. */
export function ServerRuns({ runs, canChange, zone, onOpen }: ServerRunsProps) {
  const home = useRef<HTMLDivElement>(null);
  // On a phone this opens far below the button.
  useEffect(() => home.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={home}>
      <Panel title="Runs on the server" bodyClassName="max-h-96 overflow-y-auto">
        {runs.data === undefined ? (
          runs.error === null ? (
            <p role="status" className="p-3 text-sm text-muted">
              Loading…
            </p>
          ) : (
            <ErrorState
              className="m-3"
              title="The runs could not be loaded"
              text={sentenceOf(runs.error)}
              onRetry={() => void runs.refetch()}
              retrying={runs.isFetching}
            />
          )
        ) : runs.data.length === 0 ? (
          <EmptyState
            icon={Server}
            title="No run on the server yet"
            text="What is started here with “Run on: Server”, over REST or with an API key stands here with its result."
          />
        ) : (
          <ul aria-label="Runs on the server">
            {runs.data.map((run) => (
              <ServerRunRow key={run.id} run={run} canChange={canChange} zone={zone} onOpen={() => onOpen(run.id)} />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function ServerRunRow({
  run,
  canChange,
  zone,
  onOpen,
}: {
  run: BacktestView;
  canChange: boolean;
  zone: string;
  onOpen: () => void;
}) {
  const calls = useServerBacktestCalls();
  const tell = (title: string, answer: Promise<unknown>): void =>
    void answer.catch((error: unknown) => notify({ tone: 'bad', title, text: sentenceOf(error) }));
  const { id, title, state, detail, progressRatio, request, setup, metrics, createdMs } = run;
  const timeframes = setup === null ? [request.timeframe ?? ''] : timeframesOf(setup);
  const symbols = request.markets.map(({ symbol }) => symbol);
  const where = [symbols, timeframes]
    .map((words) => words.join(', '))
    .filter(Boolean)
    .join(' · ');
  const trades = metrics?.['roundTrips'] ?? null;
  return (
    <li className="flex flex-col gap-1 border-b-2 border-hair p-3 last:border-b-0" data-run={id}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={TONES[state]}>{state}</Badge>
        <strong className="min-w-28 flex-1 text-sm wrap-anywhere">{title}</strong>
        <span className="flex items-center gap-1">
          {state === 'done' ? (
            <Button size="sm" onClick={onOpen} aria-label={`Open the result of ${title}`}>
              <FolderOpen aria-hidden /> Open
            </Button>
          ) : null}
          {canChange && !isUnderWay(run) ? (
            <IconButton
              icon={Trash2}
              label={`Delete ${title}`}
              size="sm"
              tipSide="left"
              onClick={() => tell('Not deleted', calls.remove(id))}
            />
          ) : null}
        </span>
      </div>
      <p className="flex flex-wrap gap-x-3 text-2xs text-muted">
        <span>{where}</span>
        <time dateTime={new Date(createdMs).toISOString()}>{formatDateTime(createdMs, zone)}</time>
        <code title={id}>{id.slice(0, 8)}</code>
        {state === 'done' ? (
          <span className="font-bold text-ink">
            {formatChange(metrics?.['totalReturn'] ?? null)} · {trades === null ? 'n/a' : formatCount(trades)} trades
          </span>
        ) : null}
      </p>
      {isUnderWay(run) ? (
        <Progress
          label={title}
          ratio={state === 'queued' ? null : progressRatio}
          detail={detail}
          {...(canChange && { onCancel: () => tell('Not cancelled', calls.cancel(id)) })}
        />
      ) : state === 'failed' ? (
        <p className="text-xs wrap-anywhere text-down">{detail}</p>
      ) : null}
    </li>
  );
}
