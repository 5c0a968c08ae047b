import { useLayoutEffect, useRef } from 'react';

export interface LiveTextProps {
  subscribe: (listener: () => void) => () => void;
  /** The text as it is now. */
  read: () => string;
  className?: string;
}

/** A text that changes many times a second: written straight into the page, so that nothing renders for it. */
export function LiveText({ subscribe, read, className }: LiveTextProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (): void => {
      const text = read();
      if (element.current !== null && element.current.textContent !== text) element.current.textContent = text;
    };
    write();
    return subscribe(write);
  }, [subscribe, read]);
  return <span ref={element} className={className} />;
}
