import { RotateCw, TriangleAlert } from 'lucide-react';
import { Button } from './button.js';
import { cn } from './cn.js';

export interface ErrorStateProps {
  title: string;
  /** What happened, in words a trader can act on. */
  text: string;
  /** For support: request id or error name. */
  reference?: string;
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
}

/** Something failed, and the way to try again. */
export function ErrorState({ title, text, reference, onRetry, retrying = false, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn('flex flex-col items-start gap-2 border-2 border-down p-4', className)}>
      <p className="flex items-center gap-2 text-base font-extrabold text-down">
        <TriangleAlert className="size-5 shrink-0" aria-hidden />
        {title}
      </p>
      <p className="max-w-[72ch] text-sm wrap-anywhere">{text}</p>
      {reference === undefined ? null : <p className="text-2xs text-muted">Reference {reference}</p>}
      {onRetry === undefined ? null : (
        <Button className="mt-1" onClick={onRetry} busy={retrying}>
          {retrying ? null : <RotateCw aria-hidden />}
          Try again
        </Button>
      )}
    </div>
  );
}
