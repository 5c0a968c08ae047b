import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { BiasProof } from '@wickworks/engine';
import { formatDateTime } from '../../format/time.js';
import { cn } from '../../ui/cn.js';
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.js';

const NAMES = { 'look-ahead': 'Look-ahead', 'warm-up': 'Warm-up' } as const;

/** Whether the result could have been helped by the future or by a too short warm-up, and by what. */
export function ProofBadge({
  proof,
  isBusy,
  isFromServer,
  zone,
}: {
  proof: BiasProof | null;
  isBusy: boolean;
  isFromServer: boolean;
  zone: string;
}) {
  const failed =
    proof?.checks.find(({ kind, passed }) => !passed && kind === 'look-ahead') ??
    proof?.checks.find(({ passed }) => !passed);
  const culprit = failed?.culprit ?? null;
  const [Icon, text, tone] =
    proof === null
      ? ([ShieldQuestion, isBusy ? 'Bias not checked yet' : 'Bias not checked', 'border-line text-muted'] as const)
      : proof.passed
        ? ([ShieldCheck, 'No bias found', 'border-up text-up'] as const)
        : failed?.kind === 'warm-up'
          ? ([ShieldAlert, `Warm-up${culprit === null ? '' : `: ${culprit}`}`, 'border-warn text-warn'] as const)
          : ([
              ShieldAlert,
              `Looks ahead${culprit === null ? '' : `: ${culprit}`}`,
              'border-down bg-down text-down-ink',
            ] as const);
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          className={cn('inline-flex h-7 max-w-full items-center gap-1 border-2 px-2 text-xs font-bold', tone)}
        >
          <Icon className="size-4 shrink-0" aria-hidden />
          <span className="truncate">{text}</span>
        </button>
      </PopoverTrigger>
      <PopoverContent className="w-96 p-3 text-xs" aria-label="Bias proof">
        {proof === null ? (
          <p>After each full run it is repeated without the future, with another future, and with later starts.</p>
        ) : (
          <ul className="flex flex-col gap-3">
            {proof.checks.map((check, index) => (
              <li key={index}>
                <p className="font-bold">
                  {check.passed ? '✓' : '×'} {NAMES[check.kind]}
                  {check.strategyId === undefined ? '' : ` of ${check.strategyId}`}
                  {check.culprit === null ? '' : `: ${check.culprit}`}
                </p>
                <p className="text-muted">
                  {check.detail}
                  {check.timeMs === null ? '' : ` (${formatDateTime(check.timeMs, zone)})`}
                </p>
              </li>
            ))}
            <li className="text-muted">
              {isFromServer ? 'Checked by the server.' : 'Checked over the newest 50,000 candles of the run.'}
            </li>
          </ul>
        )}
      </PopoverContent>
    </Popover>
  );
}
