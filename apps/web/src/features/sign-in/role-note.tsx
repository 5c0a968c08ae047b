import type { Role } from '@wickworks/core';
import { Ban, LogIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useMe } from '../../data/auth-hooks.js';
import { useMay } from '../../data/use-may.js';

/** Tells people who may look only why, and what to do about it; says nothing to others. */
export function RoleNote({ role, children }: { role: Role; children: ReactNode }) {
  const me = useMe().data;
  const may = useMay(role);
  const { pathname, search } = useLocation();
  if (may || me === undefined) return null;
  const Icon = me.role === null ? LogIn : Ban;
  return (
    <p role="note" className="flex items-start gap-2 border-b-2 border-line bg-raised px-4 py-2 text-sm sm:px-6">
      <Icon className="size-5 shrink-0 text-warn" aria-hidden />
      <span className="min-w-0">
        <strong>{me.role === null ? 'You are signed out. ' : `You are a ${me.role}. `}</strong>
        {children}{' '}
        {me.role === null ? (
          <Link className="font-bold underline" to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>
            Sign in
          </Link>
        ) : (
          `That needs the role ${role}, which an admin can give you.`
        )}
      </span>
    </p>
  );
}
