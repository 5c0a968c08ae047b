import { useWorkspace } from '../../data/workspace-slice.js';
import { AccountFrame } from './account-frame.js';
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
        <div className="max-w-[1200px] p-4 sm:p-6">
          <UsersPanel ownId={user.id} zone={zone} />
        </div>
      )}
    </AccountFrame>
  );
}
