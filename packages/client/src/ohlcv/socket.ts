/** The part of the browser's `WebSocket` that the client uses; the `ws` package's class fits too. */
export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** `options` is what the `ws` package takes third; browsers ignore it. */
export type SocketConstructor = new (
  url: string,
  protocols?: string[],
  options?: { headers: Record<string, string> },
) => SocketLike;

export const SOCKET_OPEN = 1;
