import type { UserView } from '@wickworks/contracts';
import { Lock } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { prove, signOut } from '../../data/auth-hooks.js';
import { codeOf, sentenceOf } from '../../data/auth-rest.js';
import { unlockPage } from '../../data/idle-lock.js';
import { proveWithPasskey } from '../../data/passkeys.js';
import { Button } from '../../ui/button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { PasskeyButton } from './passkey-button.js';

const PASSWORD: readonly CredentialField[] = [
  { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
];

/** Begins anew at the door, and comes back to where it was. */
function leave(): void {
  unlockPage();
  const { pathname, search } = globalThis.location;
  globalThis.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

/**
 * Stands before everything until the server has seen a password or passkey of whoever is signed in. What is behind it
 * goes on and is found as it was left. A native modal dialog: the browser itself keeps focus, pointer and screen
 * readers out of the rest, dialogs that are open included.
 */
export function LockScreen({ user }: { user: UserView | null }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, setError] = useState<string | null>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // No shortcut of the page behind, and no Escape, gets past this; typing does.
    const hold = (event: KeyboardEvent): void => {
      event.stopPropagation();
      if (event.key === 'Escape') event.preventDefault();
    };
    addEventListener('keydown', hold, true);
    addEventListener('keyup', hold, true);
    return () => {
      removeEventListener('keydown', hold, true);
      removeEventListener('keyup', hold, true);
      element?.close();
    };
  }, []);
  const submit = async ({ password = '' }: Readonly<Record<string, string>>): Promise<void> => {
    try {
      await prove({ password });
      unlockPage();
    } catch (cause) {
      // The session ended meanwhile: a password alone may not be enough to begin one.
      if (codeOf(cause) === 'unauthenticated') leave();
      else setError(sentenceOf(cause));
    }
  };
  return createPortal(
    <dialog
      ref={dialog}
      role="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
      // A dialog below switches the pointer off for the whole page.
      style={{ pointerEvents: 'auto' }}
      className="visible m-auto w-[calc(100vw-32px)] max-w-md border-2 border-line bg-bg p-0 text-ink outline-none backdrop:bg-bg"
    >
      <header className="flex items-center gap-3 border-b-2 border-line bg-accent px-5 py-4 text-accent-ink">
        <Lock className="size-6" aria-hidden />
        <h1 id={titleId} className="text-2xl font-extrabold tracking-tight uppercase">
          Locked
        </h1>
      </header>
      <div className="flex flex-col gap-4 p-5">
        <p className="text-sm text-muted">
          {user === null ? '' : `Signed in as ${user.username}. `}Everything behind this goes on, and is as you left it.
        </p>
        {user?.hasPassword === false ? null : (
          <CredentialsForm fields={PASSWORD} action="Unlock" error={error} onSubmit={submit} focusFirst />
        )}
        <div className="flex flex-col items-start gap-3 border-t-2 border-hair pt-4">
          <PasskeyButton label="Unlock with a passkey" ask={proveWithPasskey} onDone={unlockPage} />
          <Button
            tone="ghost"
            size="sm"
            onClick={() =>
              void signOut()
                .catch(() => undefined)
                .then(leave)
            }
          >
            Sign out
          </Button>
        </div>
      </div>
    </dialog>,
    document.body,
  );
}
