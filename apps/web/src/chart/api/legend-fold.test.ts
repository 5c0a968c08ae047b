import { describe, expect, it } from 'vitest';
import type { PlotGroup } from '../model/plot-group.js';
import { LegendFold } from './legend-fold.js';

const group = (id: string, problem: string | null = null): PlotGroup => ({
  id,
  pane: 'price',
  title: id,
  hidden: false,
  problem,
  moves: [],
});

describe('LegendFold', () => {
  it('is there for several rows, counts them and those that failed', () => {
    const legend = document.createElement('div');
    const fold = new LegendFold(legend);
    fold.update([group('a')]);
    expect(fold.element.hidden).toBe(true);
    expect(legend.hasAttribute('data-foldable')).toBe(false);

    fold.update([group('a'), group('b', 'needs more candles'), group('c')]);
    expect(fold.element.hidden).toBe(false);
    expect(legend.hasAttribute('data-foldable')).toBe(true);
    expect([...fold.element.querySelectorAll('span')].map((part) => part.textContent)).toEqual([
      '3 indicators',
      '× 1 failed',
    ]);
  });

  it('begins folded and stays as it was left while rows come and go', () => {
    const legend = document.createElement('div');
    const fold = new LegendFold(legend);
    const state = () => [legend.dataset['folded'], fold.element.getAttribute('aria-expanded')];
    expect(state()).toEqual(['true', 'false']);
    fold.element.click();
    expect(state()).toEqual(['false', 'true']);
    fold.update([group('a'), group('b')]);
    expect(state()).toEqual(['false', 'true']);
    fold.element.click();
    expect(state()).toEqual(['true', 'false']);
  });
});
