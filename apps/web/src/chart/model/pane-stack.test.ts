import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PANE_PX_MIN, PaneStack } from './pane-stack.js';

const further = [
  { id: 'rsi', label: 'RSI' },
  { id: 'macd', label: 'MACD' },
];

function heightsOf(stack: PaneStack): number[] {
  return stack.panes.map(({ height }) => height);
}

describe('PaneStack', () => {
  it('shares the height without loss or overlap, whatever the size and the drags', () => {
    const drag = fc.record({ index: fc.nat(2), dy: fc.integer({ min: -900, max: 900 }) });
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 3000 }), fc.array(drag), (height, drags) => {
        const stack = new PaneStack();
        stack.arrange({ volume: true, further, remembered: {} });
        stack.resize(height);
        for (const { index, dy } of drags) stack.moveDivider(index, dy);
        let top = 0;
        for (const pane of stack.panes) {
          expect(pane.top).toBe(top);
          expect(pane.height).toBeGreaterThanOrEqual(PANE_PX_MIN);
          top += pane.height;
        }
        expect(top).toBe(height);
      }),
    );
  });

  it('remembers a dragged height through its shares', () => {
    const stack = new PaneStack();
    stack.arrange({ volume: true, further, remembered: {} });
    stack.resize(800);
    stack.moveDivider(0, -100);
    const dragged = heightsOf(stack);
    const again = new PaneStack();
    again.arrange({ volume: true, further, remembered: stack.heights });
    again.resize(800);
    for (const [index, height] of heightsOf(again).entries())
      expect(Math.abs(height - dragged[index]!)).toBeLessThanOrEqual(1);
  });

  it('ignores remembered nonsense', () => {
    const stack = new PaneStack();
    stack.arrange({ volume: true, further: [], remembered: { price: -5, volume: Number.NaN } });
    stack.resize(600);
    expect(stack.panes[0]!.height).toBeGreaterThan(stack.panes[1]!.height);
  });
});
