import { X } from 'lucide-react';
import { IconButton } from './icon-button.js';
import { cn } from './cn.js';

export interface ProgressProps {
  label: string;
  /** 0..1; `null` while the end is not known. */
  ratio: number | null;
  /** What is being done right now. */
  detail?: string;
  onCancel?: () => void;
  className?: string;
}

/** How far a long piece of work has come, and the way to stop it. */
export function Progress({ label, ratio, detail, onCancel, className }: ProgressProps) {
  const percent = ratio === null ? null : Math.floor(Math.min(1, Math.max(0, ratio)) * 100);
  return (
    <div className={cn('flex items-center gap-2', className)}>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-2 text-xs">
          <span className="truncate font-bold">{label}</span>
          <span className="shrink-0 font-bold">{percent === null ? '…' : `${String(percent)} %`}</span>
        </div>
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent ?? undefined}
          aria-valuetext={detail}
          className="my-1 h-3 border-2 border-edge bg-surface"
        >
          {percent === null ? (
            <div className="hatch h-full animate-[wick-slide_600ms_linear_infinite]" />
          ) : (
            <div className="h-full bg-accent" style={{ width: `${String(percent)}%` }} />
          )}
        </div>
        {detail === undefined ? null : <p className="truncate text-2xs text-muted">{detail}</p>}
      </div>
      {onCancel === undefined ? null : (
        <IconButton icon={X} label={`Cancel: ${label}`} tone="plain" tipSide="left" onClick={onCancel} />
      )}
    </div>
  );
}
