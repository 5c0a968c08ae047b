/** The part of a stream that is used here. */
interface Sink {
  write(text: string): unknown;
}

/** Where a command's words go. */
export interface Screen {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** How far long work is: one line that changes on a terminal, a line each elsewhere. */
  readonly progress: (text: string) => void;
  /** What is being done just now, for whoever sits before a terminal; nobody else is told. */
  readonly doing: (text: string) => void;
}

const CLEAR_LINE = '\r\u001b[K';

/** Progress goes to standard error; on a terminal its line is gone before anything else is written. */
export function screenOf(
  stdout: Sink,
  stderr: Sink & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined },
): Screen {
  let hasLine = false;
  const clear = (): void => {
    if (hasLine) stderr.write(CLEAR_LINE);
    hasLine = false;
  };
  const line = (text: string): void => {
    // A line that wraps could not be taken back; a terminal without a size tells 0.
    const { columns = 0 } = stderr;
    stderr.write(CLEAR_LINE + (columns > 1 ? text.slice(0, columns - 1) : text));
    hasLine = true;
  };
  const isTerminal = stderr.isTTY === true;
  return {
    out: (text) => {
      clear();
      stdout.write(text);
    },
    err: (text) => {
      clear();
      stderr.write(text);
    },
    progress: (text) => {
      if (isTerminal) line(text);
      else stderr.write(`${text}\n`);
    },
    doing: (text) => {
      if (isTerminal) line(text);
    },
  };
}
