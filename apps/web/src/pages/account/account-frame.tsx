import { includesRole, type Role } from '@wickworks/core';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useMe } from '../../data/auth-hooks.js';
import { cn } from '../../ui/cn.js';
import { PageHeader } from '../../ui/page-header.js';
import { Gate, type Member } from '../../features/sign-in/gate.js';

const PAGES: readonly { to: string; title: string; role: Role }[] = [
  { to: '/account', title: 'You', role: 'viewer' },
  { to: '/account/exchange-keys', title: 'Exchange keys', role: 'trader' },
  { to: '/account/settings', title: 'Settings', role: 'viewer' },
  { to: '/account/users', title: 'Users', role: 'admin' },
  { to: '/account/audit-log', title: 'Audit log', role: 'admin' },
];

/** The frame of all pages about accounts: what this one is for, the way to the others, and who may come in. */
export function AccountFrame({
  title,
  text,
  what,
  role = 'viewer',
  actions,
  children,
}: {
  title: string;
  text: string;
  /** See {@link Gate}. */
  what: string;
  role?: Role;
  actions?: ReactNode;
  children: (me: Member) => ReactNode;
}) {
  const user = useMe().data?.user;
  const shown = user ? PAGES.filter((page) => includesRole(user.role, page.role)) : [];
  return (
    <>
      <PageHeader title={title} text={text} actions={actions} />
      {shown.length === 0 ? null : (
        <nav aria-label="Account" className="flex flex-wrap border-b-2 border-line px-2 sm:px-4">
          {shown.map((page) => (
            <NavLink
              key={page.to}
              to={page.to}
              end
              className={({ isActive }) =>
                cn(
                  'caps flex h-9 items-center px-3 focus-visible:-outline-offset-4 touch:h-11',
                  isActive ? 'bg-ink text-bg' : 'text-muted hover:bg-raised hover:text-ink',
                )
              }
            >
              {page.title}
            </NavLink>
          ))}
        </nav>
      )}
      <Gate role={role} what={what}>
        {children}
      </Gate>
    </>
  );
}
