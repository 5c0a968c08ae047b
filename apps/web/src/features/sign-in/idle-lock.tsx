import type { UserView } from '@wickworks/contracts';
import { Suspense, useEffect } from 'react';
import { chooseIdleMinutes, unlockPage, useIdleMinutes, useIsLocked, watchIdle } from '../../data/idle-lock.js';
import { useChosenLooks } from '../../data/settings-looks.js';
import { useMySettings } from '../../data/settings-hooks.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { later } from '../../ui/later.js';

const importLock = () => import('./lock-screen.js');
const LockScreen = later(async () => (await importLock()).LockScreen);

/** Locks the page when it is left alone for as long as its owner chose; `undefined`: not known yet who that is. */
export function IdleLock({ user }: { user: UserView | null | undefined }) {
  const isLocked = useIsLocked();
  const minutes = useIdleMinutes();
  const settings = useMySettings(user?.id ?? null).data;
  useChosenLooks(user?.id ?? null, settings);
  const chosen = settings?.values.idleLockMinutes;
  const isOn = user !== null && user !== undefined && minutes > 0 && !isLocked;
  useEffect(() => {
    if (chosen !== undefined) chooseIdleMinutes(chosen);
  }, [chosen]);
  useEffect(() => {
    if (!isOn) return undefined;
    // What locks must be here before it is needed: the server may be away by then.
    importLock().catch(() => undefined);
    return watchIdle(minutes * 60_000);
  }, [isOn, minutes]);
  useEffect(() => {
    // Nobody is signed in (any more): there is nothing to cover, and nobody who could open it.
    if (user === null && isLocked) unlockPage();
  }, [user, isLocked]);
  return isLocked && user !== null ? (
    // Whatever comes of its code, nothing behind it is to be seen.
    <div className="fixed inset-0 z-70 bg-bg p-4">
      <ErrorBoundary subject="The lock">
        <Suspense fallback={null}>
          <LockScreen user={user ?? null} />
        </Suspense>
      </ErrorBoundary>
    </div>
  ) : null;
}
