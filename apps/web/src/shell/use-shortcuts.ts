import { useEffect, useRef } from 'react';

export interface Shortcut {
  /** `mod+k`, `shift+d`, a plain key such as `/`, or a sequence such as `g d`. */
  keys: string;
  run: () => void;
}

const SEQUENCE_MS = 1_200;
const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="textbox"]';

/** The chord of a key press in the notation of {@link Shortcut}. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const shifted = event.shiftKey && (key.length > 1 || key !== key.toUpperCase()); // "?" already tells that shift was held
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', shifted ? 'shift' : '', key]
    .filter(Boolean)
    .join('+');
}

export interface ShortcutMatcher {
  /** The shortcut that `chord` completes, if any. */
  press(chord: string, timeMs: number): Shortcut | undefined;
}

/** Matches chords and two-chord sequences; a sequence has to be finished within 1.2 s. */
export function createMatcher(shortcuts: readonly Shortcut[]): ShortcutMatcher {
  let pending: { chord: string; timeMs: number } | null = null;
  return {
    press(chord, timeMs) {
      const first = pending !== null && timeMs - pending.timeMs < SEQUENCE_MS ? pending.chord : null;
      pending = null;
      if (first !== null) {
        const sequence = shortcuts.find((shortcut) => shortcut.keys === `${first} ${chord}`);
        if (sequence !== undefined) return sequence;
      }
      if (shortcuts.some((shortcut) => shortcut.keys.startsWith(`${chord} `))) pending = { chord, timeMs };
      return shortcuts.find((shortcut) => shortcut.keys === chord);
    },
  };
}

/**
 * Listens for shortcuts on the whole page. All rest while a dialog is open or `isBlocked` says that one is on its way;
 * plain keys also while a person types, and they can be switched off (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: readonly Shortcut[], plainKeys: boolean, isBlocked: () => boolean): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  }, [shortcuts]);

  useEffect(() => {
    const matcher = createMatcher(latest.current);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const chord = chordOf(event);
      const target = event.target instanceof Element ? event.target : null;
      const isTyping = target !== null && target.closest(TYPING) !== null;
      const isCovered = isBlocked() || document.querySelector('[role="dialog"]') !== null;
      if (!chord.startsWith('mod+') && (isTyping || isCovered || !plainKeys)) return;
      const match = matcher.press(chord, event.timeStamp);
      if (match === undefined) return;
      // Also while it rests: Ctrl+K would otherwise leave for the browser's search.
      event.preventDefault();
      if (isCovered) return;
      latest.current.find((shortcut) => shortcut.keys === match.keys)?.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [plainKeys, isBlocked]);
}
