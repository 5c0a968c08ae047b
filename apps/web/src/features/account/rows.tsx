import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Unloaded } from '../../ui/unloaded.js';

/** A short list from the server, in every state it can be in. */
export function Rows<T>({
  query,
  what,
  empty,
  row,
}: {
  query: UseQueryResult<readonly T[]>;
  /** What is listed, in the plural. */
  what: string;
  empty: string;
  row: (item: T) => ReactNode;
}) {
  if (query.data === undefined) return <Unloaded query={query} what={`the ${what}`} />;
  if (query.data.length === 0) return <p className="p-3 text-sm text-muted">{empty}</p>;
  return <ul className="divide-y-2 divide-hair">{query.data.map(row)}</ul>;
}

/** One line of such a list: what it is, what is known of it, what can be done. */
export function Row({
  title,
  badges,
  text,
  actions,
}: {
  title: ReactNode;
  badges?: ReactNode;
  text: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-3 py-2">
      <div className="min-w-60 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-bold">
          <span className="min-w-0 truncate">{title}</span>
          {badges}
        </p>
        <p className="text-xs wrap-anywhere text-muted">{text}</p>
      </div>
      <div className="flex items-center gap-2">{actions}</div>
    </li>
  );
}
