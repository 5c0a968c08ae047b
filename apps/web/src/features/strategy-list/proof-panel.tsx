import type { StrategyProofView, StrategyView } from '@wickworks/contracts';
import { useProveStrategy, useStrategyProof } from '../../data/strategies-hooks.js';
import { describeError } from '../../data/strategies-rest.js';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { notify } from '../../ui/toast-store.js';
import { Panel } from '../../ui/panel.js';

const VERDICTS = {
  none: { tone: 'muted', text: 'Not made' },
  queued: { tone: 'muted', text: 'Waiting' },
  running: { tone: 'accent', text: 'Running' },
  passed: { tone: 'up', text: 'Passed' },
  failed: { tone: 'down', text: 'Failed' },
  'no-data': { tone: 'warn', text: 'Too few candles' },
  error: { tone: 'down', text: 'Not possible' },
  cancelled: { tone: 'muted', text: 'Cancelled' },
} as const satisfies Record<StrategyProofView['state'], { tone: string; text: string }>;

const KINDS = { 'look-ahead': 'Looks ahead', 'warm-up': 'Warm-up' } as const;

/** Whether the saved version looks ahead or warms up too briefly, as the server found out; the culprit named. */
export function ProofPanel({ strategy, zone, canProve }: { strategy: StrategyView; zone: string; canProve: boolean }) {
  const { data: proof, error } = useStrategyProof(strategy.id, strategy.version);
  const prove = useProveStrategy();
  const isBusy = proof?.state === 'queued' || proof?.state === 'running';
  const again = (): void => {
    prove
      .mutateAsync(strategy)
      .catch((cause: unknown) => notify({ tone: 'bad', title: 'Not proved', text: describeError(cause) }));
  };
  return (
    <Panel
      title="Bias proof"
      className="m-3"
      bodyClassName="p-3 text-sm"
      actions={
        <>
          {proof === undefined ? null : <Badge tone={VERDICTS[proof.state].tone}>{VERDICTS[proof.state].text}</Badge>}
          {canProve ? (
            <Button
              size="sm"
              tone="ghost"
              disabled={isBusy || proof === undefined}
              busy={prove.isPending}
              onClick={again}
            >
              Prove again
            </Button>
          ) : null}
        </>
      }
    >
      {error !== null ? (
        <p className="text-muted">{describeError(error)}</p>
      ) : proof === undefined ? (
        <p className="text-muted">Asking the server…</p>
      ) : (
        <Findings proof={proof} zone={zone} />
      )}
    </Panel>
  );
}

function Findings({ proof, zone }: { proof: StrategyProofView; zone: string }) {
  const { culprit, detail, data, checks } = proof;
  const faults = checks.filter(({ passed }) => !passed);
  return (
    <div role="status">
      {culprit === null ? (
        <p>{detail}</p>
      ) : (
        <ul>
          {faults.map((check) => (
            <li key={`${check.kind} ${check.detail}`}>
              <strong className="text-down">× {KINDS[check.kind]}:</strong> <code>{check.culprit}</code>
              {check.timeMs === null ? null : <> at {formatDateTime(check.timeMs, zone)}</>}. {check.detail}
            </li>
          ))}
        </ul>
      )}
      {data === null ? null : (
        <p className="text-xs text-muted">
          Version {proof.version} over {data.candles} candles of {data.exchange} {data.symbols.join(', ')}{' '}
          {data.timeframe}, {formatDateTime(data.fromMs, zone)} to {formatDateTime(data.toMs, zone)}
        </p>
      )}
    </div>
  );
}
