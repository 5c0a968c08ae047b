import { cn } from './cn.js';

const APPLE = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = {
  mod: APPLE ? 'Cmd' : 'Ctrl',
  up: '↑',
  down: '↓',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
};

/** The name a key has on this machine's keyboard; `mod` is Cmd on Apple's, Ctrl elsewhere. */
const keyName = (key: string): string => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** A key or chord, written `mod+k`, or a sequence, written `g d`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1', className)}>
      {keys.split(' ').map((chord, index) => (
        <kbd
          key={`${chord}${String(index)}`}
          className="inline-flex h-5 min-w-5 items-center justify-center border-2 border-current px-1 font-sans text-2xs font-bold"
        >
          {chord.split('+').map(keyName).join('+')}
        </kbd>
      ))}
    </span>
  );
}
