import { describe, expect, it, vi } from 'vitest';
import { chordOf, createMatcher } from './use-shortcuts.js';

const event = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('chordOf', () => {
  it('treats Ctrl and Cmd alike', () => {
    expect(chordOf(event('k', { ctrlKey: true }))).toBe('mod+k');
    expect(chordOf(event('K', { metaKey: true }))).toBe('mod+k');
  });

  it('names shift for letters and arrows but not for signs that need it', () => {
    expect(chordOf(event('D', { shiftKey: true }))).toBe('shift+d');
    expect(chordOf(event('ArrowUp', { shiftKey: true, altKey: true }))).toBe('alt+shift+arrowup');
    expect(chordOf(event('?', { shiftKey: true }))).toBe('?');
  });
});

describe('createMatcher', () => {
  const run = vi.fn();
  const shortcuts = ['g d', 'd', '/'].map((keys) => ({ keys, run }));

  it('finds single keys and sequences', () => {
    const matcher = createMatcher(shortcuts);
    expect(matcher.press('/', 0)?.keys).toBe('/');
    expect(matcher.press('g', 10)).toBeUndefined();
    expect(matcher.press('d', 20)?.keys).toBe('g d');
    expect(matcher.press('d', 30)?.keys).toBe('d');
  });

  it('forgets a sequence that is not finished in time', () => {
    const matcher = createMatcher(shortcuts);
    matcher.press('g', 0);
    expect(matcher.press('d', 5_000)?.keys).toBe('d');
  });

  it('lets another key end a sequence', () => {
    const matcher = createMatcher(shortcuts);
    matcher.press('g', 0);
    expect(matcher.press('x', 10)).toBeUndefined();
    expect(matcher.press('d', 20)?.keys).toBe('d');
  });
});
