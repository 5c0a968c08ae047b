import type { CredentialPermissions, CredentialView } from '@wickworks/contracts';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDateTime } from '../../format/time.js';
import { Badge } from '../../ui/badge.js';
import { cn } from '../../ui/cn.js';

/** One stored key: where, which, what it may do. What is secret about it never comes back from the server. */
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
  const { label, hint, createdMs, updatedMs, permissions, warnings } = item;
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
          {permissions === null ? '' : ` · checked ${formatDateTime(permissions.checkedMs, zone)}`}
        </p>
        {permissions === null ? null : <Rights permissions={permissions} />}
      </div>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
      {warnings.length === 0 ? null : (
        <ul className="flex w-full flex-col gap-2">
          {warnings.map(({ code, message }) => {
            const isGrave = code === 'can-withdraw' || code === 'refused';
            return (
              <li
                key={code}
                className={cn(
                  'flex items-start gap-2 border-2 p-2 text-sm',
                  isGrave ? 'border-down font-bold text-down' : 'border-warn',
                )}
              >
                <TriangleAlert className={cn('size-5 shrink-0', !isGrave && 'text-warn')} aria-hidden />
                <span className="min-w-0">{message}</span>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}

const WORDS = { yes: 'yes', no: 'no', unknown: '?' } as const;

/** What the exchange says the key may do. */
function Rights({ permissions }: { permissions: CredentialPermissions }) {
  const { canRead, canTrade, canWithdraw, isIpRestricted } = permissions;
  const rights = [
    { name: 'read', answer: canRead, isBad: canRead === 'no' },
    { name: 'trade', answer: canTrade, isBad: false },
    { name: 'withdraw', answer: canWithdraw, isBad: canWithdraw === 'yes' },
    { name: 'bound to addresses', answer: isIpRestricted, isBad: false },
  ];
  return (
    <ul aria-label="What it may do" className="mt-2 flex flex-wrap gap-2">
      {rights.map(({ name, answer, isBad }) => (
        <li key={name}>
          <Badge tone={isBad ? 'down' : answer === 'yes' ? 'plain' : 'muted'}>
            {name}: {WORDS[answer]}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
