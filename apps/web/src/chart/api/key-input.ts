import type { ChartActions } from './chart-actions.js';
import { actionOfKey } from './chart-keys.js';

/** Connects the keys of {@link CHART_KEYS}; returns the function that disconnects them. */
export function listenToKeys(element: HTMLElement, actions: ChartActions): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = actionOfKey(event);
    if (!act) return;
    act(actions);
    event.preventDefault();
  };
  element.addEventListener('keydown', onKey);
  return () => element.removeEventListener('keydown', onKey);
}
