import { useSyncExternalStore } from 'react';
import { keepTyping } from './typed-ahead.js';

/** Layers that open over any page; one at a time. */
export type Overlay =
  | 'markets'
  | 'timeframes'
  | 'palette'
  | 'settings'
  | 'shortcuts'
  | 'watchlist'
  | 'add-market'
  | 'indicators'
  | 'templates';

/** Layers that begin with an input. */
const TYPED: ReadonlySet<Overlay> = new Set(['markets', 'timeframes', 'palette', 'add-market'] as const);

let current: Overlay | null = null;
let stopKeeping: (() => void) | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Opens a layer in place of the one that is open; `null` closes it. What is typed before it is there is kept for it. */
export function openOverlay(overlay: Overlay | null): void {
  if (current === overlay) return;
  current = overlay;
  stopKeeping?.();
  stopKeeping = overlay !== null && TYPED.has(overlay) ? keepTyping() : undefined;
  for (const listener of listeners) listener();
}

/** Whether a layer is open, or on its way. */
export const isOverlayOpen = (): boolean => current !== null;

/** The layer that is open. */
export const useOverlay = (): Overlay | null => useSyncExternalStore(subscribe, () => current);
