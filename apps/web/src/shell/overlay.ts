import { useSyncExternalStore } from 'react';

/** Layers that open over any page; one at a time. */
export type Overlay = 'markets' | 'timeframes' | 'palette' | 'settings' | 'shortcuts' | 'watchlist' | 'add-market';

let current: Overlay | null = null;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Opens a layer in place of the one that is open; `null` closes it. */
export function openOverlay(overlay: Overlay | null): void {
  if (current === overlay) return;
  current = overlay;
  for (const listener of listeners) listener();
}

/** The layer that is open. */
export const useOverlay = (): Overlay | null => useSyncExternalStore(subscribe, () => current);
