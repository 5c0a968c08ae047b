import { useEffect, useRef, useState } from 'react';
import { useConnection } from '../../data/hooks.js';
import { announcement } from './describe.js';

/** Tells screen readers, once per change and politely, that an exchange went quiet, went away or came back. */
export function ConnectionAnnouncer({ exchange, title }: { exchange: string; title: string }) {
  const { state } = useConnection(exchange);
  const [text, setText] = useState('');
  const previous = useRef(state);
  useEffect(() => {
    if (previous.current === state) return;
    previous.current = state;
    setText(announcement(title, state));
  }, [state, title]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
