import { cn } from './cn.js';
import { ErrorState } from './error-state.js';
import { Skeleton } from './skeleton.js';

/** Stands where an answer will: that it is on its way, or why it failed and the way to try again. */
export function Unloaded({
  query,
  what,
  bars = 1,
  isInset = true,
}: {
  query: { readonly error: Error | null; readonly isFetching: boolean; readonly refetch: () => unknown };
  /** As in “Loading the log”. */
  what: string;
  /** About how many lines will be there. */
  bars?: number;
  /** Stands off from the edges of its panel. */
  isInset?: boolean;
}) {
  if (query.error === null)
    return (
      <div aria-busy className={cn('flex flex-col gap-2', isInset && 'p-3')}>
        <span className="sr-only">Loading {what}</span>
        {Array.from({ length: bars }, (_, at) => (
          <Skeleton key={at} className="h-10" />
        ))}
      </div>
    );
  return (
    <ErrorState
      {...(isInset && { className: 'm-3' })}
      title={`${what.charAt(0).toUpperCase()}${what.slice(1)} could not be loaded`}
      text={query.error.message}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  );
}
