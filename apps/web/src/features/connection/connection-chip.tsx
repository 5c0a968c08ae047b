import { useAgeMs, useConnection } from '../../data/hooks.js';
import { formatAge } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { cn } from '../../ui/cn.js';
import { CONNECTION_MARK, CONNECTION_WORD } from './describe.js';

export interface ConnectionChipProps {
  exchange: string;
  title: string;
  /** Leaves out the exchange's name and age, for narrow screens. */
  compact?: boolean;
  className?: string;
}

/** What one exchange's connection is worth right now, how old its last message is, and whether it is a replay. */
export function ConnectionChip({ exchange, title, compact = false, className }: ConnectionChipProps) {
  const connection = useConnection(exchange);
  const word = CONNECTION_WORD[connection.state];
  return (
    <span
      className={cn('flex items-center gap-2 text-2xs font-bold whitespace-nowrap uppercase', className)}
      title={connection.reason ?? undefined}
    >
      {connection.replay === null ? null : (
        <Badge tone="accent" title={connection.replay.text}>
          Replay
        </Badge>
      )}
      {compact ? null : <span className="truncate text-muted">{title}</span>}
      <span className={cn('flex items-center gap-1.5', connection.state === 'live' ? undefined : 'text-warn')}>
        <span aria-hidden className={cn('size-2.5 border-2', CONNECTION_MARK[connection.state])} />
        {compact ? word.replace('Server ', '') : word}
      </span>
      {compact ? null : <Age sinceMs={connection.lastMessageMs} />}
    </span>
  );
}

/** Time since the last message, ticking by itself so that nothing around it renders again. */
function Age({ sinceMs }: { sinceMs: number | null }) {
  const ageMs = useAgeMs(sinceMs);
  return (
    <span className="min-w-[5ch] text-right text-muted normal-case" title="Time since the last message">
      {ageMs === null ? '–' : formatAge(ageMs)}
    </span>
  );
}
