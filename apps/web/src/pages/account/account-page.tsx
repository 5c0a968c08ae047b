import { LogOut } from 'lucide-react';
import { Link } from 'react-router';
import { signOut, useMe } from '../../data/auth-hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { ApiKeysPanel } from '../../features/account/api-keys-panel.js';
import { AuditPanel } from '../../features/account/audit-panel.js';
import { PasswordPanel } from '../../features/account/password-panel.js';
import { SessionsPanel } from '../../features/account/sessions-panel.js';
import { TotpPanel } from '../../features/account/totp-panel.js';
import { UsersPanel } from '../../features/account/users-panel.js';
import { zoneName } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { PageHeader } from '../../ui/page-header.js';
import { Skeleton } from '../../ui/skeleton.js';

/** Everything about the own account; for admins also about the others. */
export function AccountPage() {
  const { data: me } = useMe();
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  if (me === undefined)
    return (
      <div aria-busy className="p-4">
        <Skeleton className="h-24" />
      </div>
    );
  if (me.user === null)
    return (
      <>
        <PageHeader
          title="Account"
          text={
            me.role === null
              ? 'Nobody is signed in.'
              : 'This machine works without an account until the first one is created. Accounts protect keys, and let others in.'
          }
        />
        <p className="p-6 text-sm">
          <Link className="font-bold underline" to={me.role === null ? '/sign-in?next=/account' : '/setup'}>
            {me.role === null ? 'Sign in' : 'Create the admin'}
          </Link>
        </p>
      </>
    );
  const { user } = me;
  const leave = async (): Promise<void> => {
    await signOut().catch(() => undefined);
    globalThis.location.assign('/sign-in');
  };
  return (
    <>
      <PageHeader
        title={user.name}
        text={`Signed in as ${user.username}, ${user.role}.`}
        actions={
          <Button onClick={() => void leave()}>
            <LogOut aria-hidden />
            Sign out
          </Button>
        }
      />
      <div className="grid gap-4 p-4 sm:p-6 xl:grid-cols-2">
        <SessionsPanel zone={zone} />
        <ApiKeysPanel zone={zone} />
        {user.hasPassword ? <PasswordPanel /> : null}
        {user.hasPassword ? <TotpPanel isOn={user.hasTotp} /> : null}
        {user.role === 'admin' ? <UsersPanel ownId={user.id} zone={zone} /> : null}
        {user.role === 'admin' ? <AuditPanel zone={zone} /> : null}
      </div>
    </>
  );
}
