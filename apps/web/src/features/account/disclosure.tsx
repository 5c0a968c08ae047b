import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.js';

/** A form behind a button until somebody wants it; closing gives the focus back to the button. */
export function Disclosure({ action, children }: { action: string; children: (close: () => void) => ReactNode }) {
  const [state, setState] = useState<'new' | 'open' | 'closed'>('new');
  return (
    <div className="border-t-2 border-line p-3">
      {state === 'open' ? (
        children(() => setState('closed'))
      ) : (
        <Button autoFocus={state === 'closed'} onClick={() => setState('open')}>
          {action}
        </Button>
      )}
    </div>
  );
}
