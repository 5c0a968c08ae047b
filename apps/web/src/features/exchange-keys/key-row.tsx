import type { CredentialView } from '@wickworks/contracts';
import type { ReactNode } from 'react';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';

/** One stored key: where, which, since when. What is secret about it never comes back from the server. */
export function KeyRow({
  item,
  exchangeTitle,
  zone,
  children,
}: {
  item: CredentialView;
  exchangeTitle: string;
  zone: string;
  /** What can be done with it. */
  children: ReactNode;
}) {
  const { label, hint, createdMs, updatedMs } = item;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 text-sm font-bold">
          <Badge tone="solid">{exchangeTitle}</Badge>
          <span className="min-w-0 truncate">{label}</span>
        </p>
        <p className="mt-1 text-xs text-muted">
          key {hint} · stored {formatDateTime(createdMs, zone)}
          {updatedMs > createdMs ? ` · replaced ${formatDateTime(updatedMs, zone)}` : ''}
        </p>
      </div>
      <div className="flex items-center gap-2">{children}</div>
    </li>
  );
}
