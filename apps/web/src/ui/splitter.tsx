import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { cn } from './cn.js';

export interface SplitterProps {
  label: string;
  /** Of the bar itself. */
  orientation: 'vertical' | 'horizontal';
  /** Size in CSS pixels of the panel that the bar belongs to. */
  value: number;
  min: number;
  max: number;
  /** The panel lies behind the bar (right or below), so dragging towards the start enlarges it. */
  isBehind: boolean;
  onChange: (value: number) => void;
  className?: string;
}

const STEP_PX = 16;

/** The bar between two panels: dragged, or moved with the arrow keys. */
export function Splitter({ label, orientation, value, min, max, isBehind, onChange, className }: SplitterProps) {
  const start = useRef<{ at: number; value: number } | null>(null);
  const sign = isBehind ? -1 : 1;
  const isVertical = orientation === 'vertical';
  const set = (next: number): void => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const coordinate = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === (isVertical ? 'ArrowRight' : 'ArrowDown')) set(value + sign * STEP_PX);
    else if (event.key === (isVertical ? 'ArrowLeft' : 'ArrowUp')) set(value - sign * STEP_PX);
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
  };

  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: coordinate(event), value };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) set(start.current.value + sign * (coordinate(event) - start.current.at));
      }}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      className={cn(
        'relative z-10 shrink-0 touch-none bg-line after:absolute hover:bg-accent focus-visible:bg-accent focus-visible:outline-offset-0',
        isVertical
          ? 'w-0.5 cursor-col-resize after:inset-y-0 after:-inset-x-1.5'
          : 'h-0.5 cursor-row-resize after:inset-x-0 after:-inset-y-1.5',
        className,
      )}
    />
  );
}
