import { Slot } from '@radix-ui/react-slot';
import { useEffect, type ReactNode, type Ref } from 'react';

interface RemoveScrollProps {
  children: ReactNode;
  enabled?: boolean;
  as?: unknown;
  allowPinchZoom?: boolean;
  shards?: unknown;
  ref?: Ref<HTMLElement>;
}

let locks = 0;

/**
 * Stands in for the package `react-remove-scroll` (alias in vite.config.ts), which Radix uses under modal
 * layers: the page behind does not scroll while one is open. Sets a property instead of writing a style element.
 */
export function RemoveScroll({
  children,
  enabled = true,
  ref,
  as: _as,
  shards: _shards,
  allowPinchZoom: _pinch,
  ...rest
}: RemoveScrollProps) {
  useEffect(() => {
    if (!enabled) return;
    if (locks++ === 0) document.documentElement.style.overflow = 'hidden';
    return () => {
      if (--locks === 0) document.documentElement.style.overflow = '';
    };
  }, [enabled]);
  return (
    <Slot ref={ref} {...rest}>
      {children}
    </Slot>
  );
}
