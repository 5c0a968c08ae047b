import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a heartbeat finds out about a client's line. */
export type LineState = 'alive' | 'jammed' | 'dead';

/** What is known of a line at a heartbeat. */
export interface LineSigns {
  /** Something was heard from the client since the last heartbeat. */
  readonly wasHeard: boolean;
  /** Bytes that wait for the kernel to take them. */
  readonly backlogBytes: number;
  /** Bytes the kernel has taken since the last heartbeat. */
  readonly takenBytes: number;
}

/**
 * A client whose answer is missing may only be slow: our question waits behind what it has not read yet. While the
 * jam moves it is alive; when it does not, the client is told to come back later. Without a jam silence means death:
 * what the kernel still takes proves nothing then.
 */
export function stateOfLine({ wasHeard, backlogBytes, takenBytes }: LineSigns): LineState {
  if (wasHeard) return 'alive';
  if (backlogBytes === 0) return 'dead';
  return takenBytes > 0 ? 'alive' : 'jammed';
}

/** Bytes the kernel has taken from us on a TCP connection so far; 0 on anything else. */
export function takenBytesOf(stream: Duplex): number {
  return stream instanceof Socket ? stream.bytesWritten - stream.writableLength : 0;
}
