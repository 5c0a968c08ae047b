import { expect, it } from 'vitest';
import { screenOf } from './terminal.js';

/** What stands on a screen of both streams, as a terminal would show it. */
function play(stderr: { isTTY?: boolean; columns?: number }) {
  let text = '';
  const sink = { write: (piece: string) => (text += piece) };
  const shown = (): string[] =>
    text.split('\n').map((line) => line.slice(line.lastIndexOf('\r\u001b[K') + 1).replace('\u001b[K', ''));
  return { screen: screenOf(sink, { ...sink, ...stderr }), shown };
}

it('a line of progress changes on a terminal, and is gone before the result', () => {
  const { screen, shown } = play({ isTTY: true, columns: 20 });
  screen.progress('10 %');
  screen.doing('reading trades');
  expect(shown()).toEqual(['reading trades']);
  screen.progress('99 %, and a text that would wrap');
  expect(shown()).toEqual(['99 %, and a text th']);
  screen.out('done\n');
  screen.out('more\n');
  expect(shown()).toEqual(['done', 'more', '']);
  screen.doing('proving');
  screen.err('error: no\n');
  expect(shown()).toEqual(['done', 'more', 'error: no', '']);
});

it('a terminal that tells no size gets the whole line', () => {
  const { screen, shown } = play({ isTTY: true, columns: 0 });
  screen.doing('reading trades');
  expect(shown()).toEqual(['reading trades']);
});

it('elsewhere each is a line of its own, and what is being done is nobody’s business', () => {
  const { screen, shown } = play({});
  screen.progress('10 %');
  screen.doing('reading trades');
  screen.out('done\n');
  expect(shown()).toEqual(['10 %', 'done', '']);
});
