import { vi } from 'vitest';

/** For tests: jsdom lays nothing out, and a virtual list without a height shows no row. */
export function fakeLayout({ width, height }: { width: number; height: number }): void {
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => width });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => height });
  Element.prototype.scrollTo = () => undefined;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {
        // Nothing ever changes its size here.
      }
      unobserve(): void {
        // As above.
      }
      disconnect(): void {
        // As above.
      }
    },
  );
}
