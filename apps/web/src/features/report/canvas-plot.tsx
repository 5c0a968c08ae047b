import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { readTheme, watchTheme } from '../../chart/api/read-theme.js';
import type { ChartTheme } from '../../chart/render/theme.js';
import { cn } from '../../ui/cn.js';

/** What a plot is painted with: CSS pixels, already scaled for the screen. */
export interface PlotSurface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  /** Index of the point under the cursor; `null` while there is none. */
  readonly cursor: number | null;
}

export interface CanvasPlotProps {
  /** What the picture shows, for those who cannot see it. */
  label: string;
  /** Points that a cursor can stand on. */
  count: number;
  paint: (surface: PlotSurface) => void;
  /** The point nearest to a place in the plot; `null` where there is none. */
  pointAt: (x: number, y: number, size: { width: number; height: number }) => number | null;
  /** What a point says: read out by keyboard, shown above the plot. */
  describe: (index: number) => string;
  /** Click or Enter on a point. */
  onPick?: (index: number) => void;
  className?: string;
}

/**
 * A small picture with a cursor, on a canvas in the chart's colours. Pointer or arrow keys move the cursor, and what it
 * stands on is said in words.
 */
export function CanvasPlot({ label, count, paint, pointAt, describe, onPick, className }: CanvasPlotProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const shown = cursor === null || cursor >= count ? null : cursor;
  const repaint = useRef<() => void>(() => undefined);

  useLayoutEffect(() => {
    repaint.current = () => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const { clientWidth: width, clientHeight: height } = element;
      const dpr = devicePixelRatio;
      const [pixelWidth, pixelHeight] = [Math.round(width * dpr), Math.round(height * dpr)];
      if (element.width !== pixelWidth || element.height !== pixelHeight) {
        element.width = pixelWidth;
        element.height = pixelHeight;
      }
      context.setTransform(dpr, 0, 0, dpr, 0, 0);
      context.clearRect(0, 0, width, height);
      paint({ context, width, height, theme: readTheme(element), cursor: shown });
    };
    repaint.current();
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const stopTheme = watchTheme(() => repaint.current());
    const observer = new ResizeObserver(() => repaint.current());
    observer.observe(element);
    return () => {
      stopTheme();
      observer.disconnect();
    };
  }, []);

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const { offsetX, offsetY } = event.nativeEvent;
    const { clientWidth: width, clientHeight: height } = event.currentTarget;
    setCursor(pointAt(offsetX, offsetY, { width, height }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (count === 0) return;
    const leap = Math.max(1, Math.round(count / 20));
    const at = shown ?? count - 1;
    const next = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageUp: at - leap,
      PageDown: at + leap,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next !== undefined) setCursor(Math.min(count - 1, Math.max(0, next)));
    else if (event.key === 'Enter' && shown !== null) onPick?.(shown);
    else if (event.key === 'Escape') setCursor(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className={cn('relative min-h-0', className)}>
      <canvas
        ref={canvas}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={shown ?? Math.max(0, count - 1)}
        aria-valuetext={count === 0 ? 'nothing to show' : describe(shown ?? count - 1)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setCursor(null)}
        onClick={() => {
          if (shown !== null) onPick?.(shown);
        }}
        onKeyDown={onKeyDown}
        className={cn('block size-full touch-pan-y', onPick && shown !== null && 'cursor-pointer')}
      />
      {shown === null ? null : (
        <p className="pointer-events-none absolute top-1 left-2 max-w-[calc(100%-16px)] bg-surface/90 px-1 text-2xs font-bold">
          {describe(shown)}
        </p>
      )}
    </div>
  );
}
