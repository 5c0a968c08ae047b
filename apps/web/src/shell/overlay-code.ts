/** The code of all layers; fetched once. */
export const importOverlays = () => import('./overlays.js');

/** Fetches it ahead of need; a failure shows when a layer opens. */
export function prefetchOverlays(): void {
  importOverlays().catch(() => undefined);
}

/** Fetches it when the page has nothing better to do. Returns a function that calls it off. */
export function prefetchOverlaysWhenIdle(): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(prefetchOverlays, 2_000);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(prefetchOverlays, { timeout: 10_000 });
  return () => cancelIdleCallback(idle);
}
