import { useEffect, useRef, useState } from 'react';

/** Frame times while something moved, ms. */
export interface FrameTimes {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly worst: number;
}

/** Measures the page's frames while `isActive`; the figures of the last stretch stay until the next one. */
export function useFrameTimes(isActive: boolean): FrameTimes | null {
  const [times, setTimes] = useState<FrameTimes | null>(null);
  const samples = useRef<number[]>([]);
  useEffect(() => {
    if (!isActive) return undefined;
    samples.current = [];
    let last = performance.now();
    let frame = requestAnimationFrame(function look(now) {
      samples.current.push(now - last);
      last = now;
      frame = requestAnimationFrame(look);
    });
    return () => {
      cancelAnimationFrame(frame);
      const sorted = samples.current.slice(1).sort((a, b) => a - b);
      if (sorted.length === 0) return;
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      setTimes({ count: sorted.length, median: at(0.5), p95: at(0.95), worst: at(1) });
    };
  }, [isActive]);
  return times;
}
