import type { ChartActions } from './chart-actions.js';

const WHEEL_ZOOM_PER_PX = 0.0018;
const WHEEL_LINE_PX = 24;
const AXIS_DRAG_PER_PX = 0.006;
const LONG_PRESS_MS = 280;
const TAP_SLOP_PX = 8;

interface Touch {
  x: number;
  y: number;
}

/**
 * Connects mouse, pen, touch and wheel to `actions`; returns the function that disconnects them. Mouse: drag pans, wheel
 * zooms about the cursor, an axis is dragged to scale it. Touch: one finger sideways pans, two pinch, a long press moves
 * the crosshair; vertical swipes are left to the page.
 */
export function listenToPointers(pad: HTMLElement, actions: ChartActions): () => void {
  const input = new PointerInput(pad, actions);
  const stop = new AbortController();
  const { signal } = stop;
  pad.addEventListener('pointerdown', (event) => input.down(event), { signal });
  pad.addEventListener('pointermove', (event) => input.move(event), { signal });
  pad.addEventListener('pointerup', (event) => input.up(event), { signal });
  pad.addEventListener('pointercancel', (event) => input.cancel(event), { signal });
  pad.addEventListener('pointerleave', (event) => input.leave(event), { signal });
  pad.addEventListener('dblclick', (event) => input.doubleClick(event), { signal });
  pad.addEventListener('wheel', (event) => input.wheel(event), { signal, passive: false });
  // Without this the page would scroll while a long press moves the crosshair up or down.
  pad.addEventListener('touchmove', (event) => input.blockScroll(event), { signal, passive: false });
  pad.addEventListener('contextmenu', (event) => input.contextMenu(event), { signal });
  return () => {
    input.stop();
    stop.abort();
  };
}

class PointerInput {
  readonly #pad: HTMLElement;
  readonly #actions: ChartActions;
  readonly #pointers = new Map<number, Touch>();
  #zone: 'plot' | 'value' | 'time' = 'plot';
  #start: Touch = { x: 0, y: 0 };
  #moved = false;
  #crosshairByTouch = false;
  #pressTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(pad: HTMLElement, actions: ChartActions) {
    this.#pad = pad;
    this.#actions = actions;
  }

  stop(): void {
    clearTimeout(this.#pressTimer);
  }

  down(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    this.#pad.closest<HTMLElement>('.wick-chart')?.focus({ preventScroll: true });
    const at = this.#at(event);
    this.#actions.hold();
    this.#pointers.set(event.pointerId, at);
    this.#pad.setPointerCapture(event.pointerId);
    clearTimeout(this.#pressTimer);
    if (this.#pointers.size > 1) return;
    this.#start = at;
    this.#moved = false;
    this.#crosshairByTouch = false;
    this.#zone = this.#actions.zoneAt(at.x, at.y);
    this.#actions.track(event.timeStamp, at.x);
    if (event.pointerType === 'mouse') {
      if (this.#zone === 'plot') this.#pad.dataset['zone'] = 'dragging';
      return;
    }
    this.#pressTimer = setTimeout(() => {
      this.#crosshairByTouch = true;
      this.#actions.point(at);
    }, LONG_PRESS_MS);
  }

  move(event: PointerEvent): void {
    const at = this.#at(event);
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      this.#hover(event, at);
      return;
    }
    if (this.#pointers.size === 2) this.#pinch(event.pointerId, before, at);
    else if (this.#pointers.size === 1) this.#drag(event, before, at);
    this.#pointers.set(event.pointerId, at);
  }

  up(event: PointerEvent): void {
    const at = this.#at(event);
    if (!this.#pointers.delete(event.pointerId)) return;
    clearTimeout(this.#pressTimer);
    delete this.#pad.dataset['zone'];
    if (this.#pointers.size > 0) return;
    if (this.#moved) {
      if (this.#zone === 'plot' && !this.#crosshairByTouch) this.#actions.release(event.timeStamp);
      return;
    }
    if (event.pointerType !== 'mouse' && this.#zone === 'plot') this.#actions.point(at);
  }

  cancel(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    clearTimeout(this.#pressTimer);
    delete this.#pad.dataset['zone'];
  }

  leave(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && this.#pointers.size === 0) this.#actions.point(null);
  }

  doubleClick(event: MouseEvent): void {
    const at = this.#at(event);
    this.#actions.resetZone(this.#actions.zoneAt(at.x, at.y), at.y);
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const at = this.#at(event);
    const unit = event.deltaMode === 1 ? WHEEL_LINE_PX : event.deltaMode === 2 ? 400 : 1;
    const dx = (event.shiftKey ? event.deltaY : event.deltaX) * unit;
    const dy = (event.shiftKey ? 0 : event.deltaY) * unit;
    this.#actions.hold();
    if (this.#actions.zoneAt(at.x, at.y) === 'value') {
      this.#actions.zoomValue(at.y, Math.exp(dy * WHEEL_ZOOM_PER_PX));
      return;
    }
    if (Math.abs(dx) > Math.abs(dy)) {
      this.#actions.pan(-dx, 0, at.y);
      return;
    }
    // A pinch on a touchpad arrives as a wheel with Ctrl and small steps.
    const gain = event.ctrlKey ? 5 : 1;
    const limited = Math.max(-240, Math.min(240, dy * gain));
    this.#actions.zoomTime(at.x, Math.exp(-limited * WHEEL_ZOOM_PER_PX));
  }

  blockScroll(event: TouchEvent): void {
    if (this.#crosshairByTouch || this.#pointers.size > 1) event.preventDefault();
  }

  contextMenu(event: MouseEvent): void {
    if (this.#crosshairByTouch) event.preventDefault();
  }

  #hover(event: PointerEvent, at: Touch): void {
    if (event.pointerType !== 'mouse') return;
    const zone = this.#actions.zoneAt(at.x, at.y);
    if (zone === 'plot') delete this.#pad.dataset['zone'];
    else this.#pad.dataset['zone'] = zone;
    this.#actions.point(zone === 'plot' ? at : null);
  }

  #drag(event: PointerEvent, before: Touch, at: Touch): void {
    if (!this.#moved && Math.hypot(at.x - this.#start.x, at.y - this.#start.y) < this.#slop(event)) return;
    if (!this.#moved) {
      this.#moved = true;
      clearTimeout(this.#pressTimer);
    }
    const dx = at.x - before.x;
    const dy = at.y - before.y;
    if (this.#crosshairByTouch) {
      this.#actions.point(at);
      return;
    }
    if (this.#zone === 'value') this.#actions.zoomValue(this.#start.y, Math.exp(dy * AXIS_DRAG_PER_PX));
    else if (this.#zone === 'time') this.#actions.zoomCentre(Math.exp(dx * AXIS_DRAG_PER_PX));
    else {
      this.#actions.pan(dx, dy, this.#start.y);
      this.#actions.track(event.timeStamp, at.x);
      if (event.pointerType === 'mouse') this.#actions.point(at);
    }
  }

  #pinch(id: number, before: Touch, at: Touch): void {
    this.#moved = true;
    for (const [otherId, other] of this.#pointers) {
      if (otherId === id) continue;
      const apartBefore = Math.max(20, Math.abs(before.x - other.x));
      const apart = Math.max(20, Math.abs(at.x - other.x));
      this.#actions.pan((at.x - before.x) / 2, 0, at.y);
      this.#actions.zoomTime((at.x + other.x) / 2, apart / apartBefore);
    }
  }

  #slop(event: PointerEvent): number {
    return event.pointerType === 'mouse' ? 2 : TAP_SLOP_PX;
  }

  #at(event: MouseEvent): Touch {
    const box = this.#pad.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
