import type { PaneStack } from '../model/pane-stack.js';
import { child } from './chart-dom.js';

const KEY_STEP_PX = 12;

/** Handles between the panes: dragged by pointer, moved by arrow keys, spoken as separators. */
export class Dividers {
  readonly #root: HTMLElement;
  readonly #move: (index: number, dy: number, done: boolean) => void;
  #handles: HTMLDivElement[] = [];

  /** `move` receives the divider's index, by how many pixels it goes down, and whether the drag is over. */
  constructor(root: HTMLElement, move: (index: number, dy: number, done: boolean) => void) {
    this.#root = root;
    this.#move = move;
  }

  update(stack: PaneStack): void {
    const count = stack.panes.length - 1;
    while (this.#handles.length > count) this.#handles.pop()?.remove();
    while (this.#handles.length < count) this.#handles.push(this.#create(this.#handles.length));
    for (const [index, handle] of this.#handles.entries()) {
      const upper = stack.panes[index]!;
      const lower = stack.panes[index + 1]!;
      const top = `${lower.top}px`;
      if (handle.style.top === top) continue;
      handle.style.top = top;
      const name = lower.spec?.label ?? lower.id;
      handle.setAttribute('aria-label', `Height of the ${name} pane`);
      const share = (100 * upper.height) / (upper.height + lower.height);
      handle.setAttribute('aria-valuenow', String(Math.round(share)));
    }
  }

  #create(index: number): HTMLDivElement {
    const handle = child(this.#root, 'div', 'wick-chart-divider');
    handle.tabIndex = 0;
    handle.setAttribute('role', 'separator');
    handle.setAttribute('aria-orientation', 'horizontal');
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', '100');
    let lastY: number | null = null;
    handle.addEventListener('pointerdown', (event) => {
      handle.setPointerCapture(event.pointerId);
      lastY = event.clientY;
      event.preventDefault();
    });
    handle.addEventListener('pointermove', (event) => {
      if (lastY === null) return;
      this.#move(index, event.clientY - lastY, false);
      lastY = event.clientY;
    });
    const end = (): void => {
      if (lastY === null) return;
      lastY = null;
      this.#move(index, 0, true);
    };
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
    handle.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      event.stopPropagation();
      this.#move(index, event.key === 'ArrowDown' ? KEY_STEP_PX : -KEY_STEP_PX, true);
    });
    return handle;
  }
}
