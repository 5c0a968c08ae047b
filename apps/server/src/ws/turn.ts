/** Something that gathered work during this turn of the event loop. */
export interface Flushable {
  flush(): void;
}

/**
 * Everything that becomes due in one turn of the event loop leaves together: first the channels turn events into
 * frames, then each socket is written to once.
 */
export class Turn {
  #channels: Flushable[] = [];
  #sockets: Flushable[] = [];
  #isScheduled = false;

  /** `channel` has events to hand out; told once per flush. */
  addChannel(channel: Flushable): void {
    this.#channels.push(channel);
    this.#schedule();
  }

  /** `socket` has frames to write; told once per flush. */
  addSocket(socket: Flushable): void {
    this.#sockets.push(socket);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    this.#isScheduled = false;
    const channels = this.#channels;
    this.#channels = [];
    for (const channel of channels) channel.flush();
    const sockets = this.#sockets;
    this.#sockets = [];
    for (const socket of sockets) socket.flush();
  }
}
