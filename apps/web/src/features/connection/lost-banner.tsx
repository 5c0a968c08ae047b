import { Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useServerLink } from '../../data/hooks.js';

/** Shown while our own server is out of reach: since when nothing moves, and when the next attempt starts. */
export function LostBanner() {
  const link = useServerLink();
  if (link.state !== 'lost') return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-down px-3 py-1 text-sm font-bold text-down-ink"
    >
      <Unplug className="size-4 shrink-0" aria-hidden />
      <span>Connection lost. Prices on this page are old.</span>
      <Countdown untilMs={link.retryAtMs} />
      <button
        type="button"
        onClick={link.retryNow}
        className="ml-auto border-2 border-current px-2 py-0.5 text-xs hover:bg-ink hover:text-bg focus-visible:outline-ink"
      >
        Retry now
      </button>
    </div>
  );
}

/** Counts down once per second; not read out, or a screen reader would never fall silent. */
function Countdown({ untilMs }: { untilMs: number | null }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden className="font-normal">
      {untilMs === null || untilMs <= nowMs
        ? 'Retrying…'
        : `Retrying in ${String(Math.ceil((untilMs - nowMs) / 1_000))} s`}
    </span>
  );
}
