import { useSyncExternalStore } from 'react';

/** Read by public/theme.js too, which hides a locked page before its first paint. */
const LOCKED_KEY = 'wickworks.locked';
const MINUTES_KEY = 'wickworks.idle-minutes';
/** Hands on the page are told to the other tabs this often at most. */
const TELL_EVERY_MS = 2_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** What tabs of one browser tell each other. */
type News = 'locked' | 'unlocked' | 'active';
const isNews = (data: unknown): data is News => data === 'locked' || data === 'unlocked' || data === 'active';

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('wickworks.lock') : null;
const listeners = new Set<() => void>();
let isLocked = read(LOCKED_KEY) !== null;
let minutes = Number(read(MINUTES_KEY) ?? 0);
let lastInputMs = Date.now();

channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isNews(data)) return;
  if (data === 'active') lastInputMs = Date.now();
  else show(data === 'locked');
});
// Hides what a reload found locked until the lock itself stands before it.
cover();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is blocked: the lock holds until this tab is reloaded.
  }
}

function cover(): void {
  document.documentElement.style.visibility = isLocked ? 'hidden' : '';
}

function show(locked: boolean): void {
  lastInputMs = Date.now();
  if (isLocked === locked) return;
  isLocked = locked;
  cover();
  for (const listener of listeners) listener();
}

/** Locks the page in every tab; a reload finds it locked. */
export function lockPage(): void {
  write(LOCKED_KEY, '1');
  show(true);
  channel?.postMessage('locked' satisfies News);
}

/** Opens it in every tab, after the server said who asks. */
export function unlockPage(): void {
  write(LOCKED_KEY, null);
  show(false);
  channel?.postMessage('unlocked' satisfies News);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the page is locked. */
export const useIsLocked = (): boolean => useSyncExternalStore(subscribe, () => isLocked);

/** After how many minutes without a hand on it the page locks; 0: never. */
export const useIdleMinutes = (): number => useSyncExternalStore(subscribe, () => minutes);

/** Chooses that; kept in this browser, so that it holds while the server is away. */
export function chooseIdleMinutes(chosen: number): void {
  if (chosen === minutes) return;
  minutes = chosen;
  write(MINUTES_KEY, String(chosen));
  lastInputMs = Date.now();
  for (const listener of listeners) listener();
}

/** Locks when no tab of this browser was touched for `idleMs`. Returns a function that calls it off. */
export function watchIdle(idleMs: number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let toldMs = 0;
  const check = (): void => {
    clearTimeout(timer);
    const leftMs = lastInputMs + idleMs - Date.now();
    if (leftMs <= 0) lockPage();
    else timer = setTimeout(check, leftMs);
  };
  const onInput = (): void => {
    const nowMs = Date.now();
    // After a night asleep the first touch must not count as presence.
    if (nowMs - lastInputMs >= idleMs) {
      lockPage();
      return;
    }
    lastInputMs = nowMs;
    if (nowMs - toldMs < TELL_EVERY_MS) return;
    toldMs = nowMs;
    channel?.postMessage('active' satisfies News);
  };
  for (const input of INPUTS) addEventListener(input, onInput, { capture: true, passive: true });
  document.addEventListener('visibilitychange', check);
  check();
  return () => {
    clearTimeout(timer);
    for (const input of INPUTS) removeEventListener(input, onInput, { capture: true });
    document.removeEventListener('visibilitychange', check);
  };
}
