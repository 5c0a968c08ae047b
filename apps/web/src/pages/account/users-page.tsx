import { useWorkspace } from '../../data/workspace-slice.js';
import { AccountFrame } from './account-frame.js';
import { InvitationsPanel } from '../../features/account/invitations-panel.js';
import { UsersPanel } from '../../features/account/users-panel.js';
import { zoneName } from '../../format/time.js';

/** Everybody with an account here. */
export function UsersPage() {
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  return (
    <AccountFrame
      title="Users"
      text="Everybody with an account here. Viewers look, traders act with what is theirs, admins also run the installation."
      what="The accounts of others"
      role="admin"
    >
      {({ user }) => (
        <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <UsersPanel ownId={user.id} zone={zone} />
          <InvitationsPanel zone={zone} />
        </div>
      )}
    </AccountFrame>
  );
}
