import { includesRole, type Role } from '@wickworks/core';
import type { MeView, UserView } from '@wickworks/contracts';
import { Ban, LogIn, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useMe } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Skeleton } from '../../ui/skeleton.js';

/** Somebody with an account. */
export type Member = MeView & { user: UserView };

/**
 * Shows what lies behind it to people with an account of at least `role`; tells everybody else what stands in their
 * way and what to do about it.
 */
export function Gate({
  role = 'viewer',
  what,
  children,
}: {
  role?: Role;
  /** What is behind it, as the subject of a sentence in the plural: "Exchange keys". */
  what: string;
  children: (me: Member) => ReactNode;
}) {
  const me = useMe();
  const { pathname } = useLocation();
  if (me.data === undefined)
    return me.error === null ? (
      <div aria-busy className="p-4 sm:p-6">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-24" />
      </div>
    ) : (
      <ErrorState
        className="m-4 sm:m-6"
        title="The server did not say who you are"
        text={sentenceOf(me.error)}
        onRetry={() => void me.refetch()}
        retrying={me.isFetching}
      />
    );
  const { user } = me.data;
  if (me.data.role === null)
    return (
      <Closed
        icon={LogIn}
        title="You are signed out"
        text={`${what} belong to an account. Sign in, and you come back here.`}
      >
        <Link to={`/sign-in?next=${encodeURIComponent(pathname)}`}>Sign in</Link>
      </Closed>
    );
  if (user === null)
    return (
      <Closed
        icon={UserPlus}
        title="This needs an account"
        text={`This machine works without accounts until the first one is created. ${what} need one: they hold secrets, or let others in.`}
      >
        <Link to="/setup">Create the admin</Link>
      </Closed>
    );
  if (!includesRole(user.role, role))
    return (
      <Closed
        icon={Ban}
        title={role === 'admin' ? 'For admins only' : 'Not for viewers'}
        text={`${what} need the role ${role}; you are signed in as ${user.username}, ${user.role}. An admin can change your role on the page Users.`}
      >
        <Link to="/account">To your account</Link>
      </Closed>
    );
  return children({ ...me.data, user });
}

function Closed(props: { icon: typeof Ban; title: string; text: string; children: ReactNode }) {
  return (
    <EmptyState
      icon={props.icon}
      title={props.title}
      text={props.text}
      className="py-16"
      action={
        <Button tone="primary" size="lg" asChild>
          {props.children}
        </Button>
      }
    />
  );
}
