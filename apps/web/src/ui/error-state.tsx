import { RotateCw, TriangleAlert } from 'lucide-react';
import { Button } from './button.js';
import { cn } from './cn.js';

export interface ErrorStateProps {
  title: string;
  /** What happened, in words a trader can act on. */
  text: string;
  /** For support: request id or error name. */
  reference?: string | undefined;
  onRetry?: () => void;
  /** What trying again means here; "Try again" where nothing else is said. */
  retryLabel?: string | undefined;
  retrying?: boolean;
  /** Takes the focus, and Escape. */
  onClose?: (() => void) | undefined;
  /** As small as the strip it stands in. */
  isLine?: boolean | undefined;
  className?: string;
}

/** Something failed, and the way to try again. */
export function ErrorState({
  title,
  text,
  reference,
  onRetry,
  retryLabel = 'Try again',
  retrying = false,
  onClose,
  isLine = false,
  className,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        'flex gap-2 border-2 border-down',
        isLine ? 'flex-wrap items-center px-3 py-1 text-xs' : 'flex-col items-start p-4 text-sm',
        className,
      )}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose?.();
      }}
    >
      <p className={cn('flex items-center gap-2 font-extrabold text-down', !isLine && 'text-base')}>
        <TriangleAlert className={cn('shrink-0', isLine ? 'size-4' : 'size-5')} aria-hidden />
        {title}
      </p>
      <p className="max-w-[72ch] wrap-anywhere">{text}</p>
      {reference === undefined ? null : <p className="text-2xs text-muted">Reference {reference}</p>}
      <div className={cn('flex gap-2', !isLine && 'mt-1')}>
        {onRetry === undefined ? null : (
          <Button onClick={onRetry} busy={retrying} size={isLine ? 'sm' : 'md'}>
            {retrying ? null : <RotateCw aria-hidden />}
            {retryLabel}
          </Button>
        )}
        {onClose === undefined ? null : (
          <Button onClick={onClose} autoFocus>
            Close
          </Button>
        )}
      </div>
    </div>
  );
}
