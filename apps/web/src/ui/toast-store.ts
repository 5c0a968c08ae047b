export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** The toasts on the screen, for `useSyncExternalStore`. */
export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: (): readonly Toast[] => toasts,
};

/** Says something at the edge of the screen and to screen readers; at most four at once, the oldest gives way. */
export function notify(toast: Omit<Toast, 'id'>): void {
  publish([...toasts.slice(-3), { ...toast, id: ++lastId }]);
}

/** Takes a toast away. */
export const dismissToast = (id: number): void => publish(toasts.filter((toast) => toast.id !== id));
