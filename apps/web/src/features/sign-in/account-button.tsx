import type { MeView } from '@wickworks/contracts';
import { CircleUserRound, LogIn } from 'lucide-react';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { onSignedOut } from '../../data/auth-fetch.js';
import { useMe } from '../../data/auth-hooks.js';
import { IconButton } from '../../ui/icon-button.js';
import { IdleLock } from './idle-lock.js';

/** Who this page acts for, and the way to the account or to signing in. */
export function AccountButton() {
  const { data: me } = useMe();
  const navigate = useNavigate();
  useEffect(() => {
    onSignedOut(() => {
      const { pathname, search } = globalThis.location;
      if (pathname !== '/sign-in' && pathname !== '/setup')
        void navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
    });
  }, [navigate]);
  return (
    <>
      {me ? <Way me={me} go={(path) => void navigate(path)} /> : null}
      <IdleLock user={me?.user} />
    </>
  );
}

function Way({ me, go }: { me: MeView; go: (path: string) => void }) {
  const isOut = me.role === null;
  return me.user === null ? (
    <IconButton
      icon={LogIn}
      label={isOut ? 'Sign in' : 'No account yet: create one'}
      tipSide="left"
      size="lg"
      onClick={() => go(isOut ? '/sign-in' : '/setup')}
    />
  ) : (
    <IconButton
      icon={CircleUserRound}
      label={`Account of ${me.user.username}`}
      tipSide="left"
      size="lg"
      onClick={() => go('/account')}
    />
  );
}
