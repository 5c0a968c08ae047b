import type { ChartActions } from './chart-actions.js';

const ZOOM_FACTOR = 1.25;

/** Connects the keys; returns the function that disconnects them. */
export function listenToKeys(element: HTMLElement, actions: ChartActions): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return;
    if (handle(event, actions)) event.preventDefault();
  };
  element.addEventListener('keydown', onKey);
  return () => element.removeEventListener('keydown', onKey);
}

function handle(event: KeyboardEvent, actions: ChartActions): boolean {
  switch (event.key) {
    case 'ArrowLeft':
      if (event.shiftKey) actions.scroll(-0.1);
      else actions.moveCrosshair(-1);
      return true;
    case 'ArrowRight':
      if (event.shiftKey) actions.scroll(0.1);
      else actions.moveCrosshair(1);
      return true;
    case 'ArrowUp':
      if (!event.shiftKey) return false;
      actions.stretch(1 / ZOOM_FACTOR);
      return true;
    case 'ArrowDown':
      if (!event.shiftKey) return false;
      actions.stretch(ZOOM_FACTOR);
      return true;
    case '+':
    case '=':
      actions.zoomCentre(ZOOM_FACTOR);
      return true;
    case '-':
    case '_':
      actions.zoomCentre(1 / ZOOM_FACTOR);
      return true;
    case 'PageUp':
      actions.scroll(-0.9);
      return true;
    case 'PageDown':
      actions.scroll(0.9);
      return true;
    case 'Home':
      actions.goToStart();
      return true;
    case 'End':
      actions.goToNow();
      return true;
    case 'a':
    case 'A':
      actions.autoScale();
      return true;
    case 'Escape':
      actions.hideCrosshair();
      return true;
    default:
      return false;
  }
}
