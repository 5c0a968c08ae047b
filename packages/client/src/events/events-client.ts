import {
  EventsServerMessage,
  ExchangeView,
  JobView,
  type EventsClientMessage,
  type EventTopic,
  type Problem,
} from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { Link, type LinkOptions, type LinkState } from '../ohlcv/link.js';

/** Items of `system`: how each exchange is. */
const SystemItem = ExchangeView.pick({ id: true, state: true, sinceMs: true, lastMessageMs: true, reason: true });
/** Items of topics whose shape this client knows; those of the others are handed on as they are. */
const ITEMS = { jobs: JobView, system: SystemItem } as const;

/** What an item of a topic is. */
export type EventItem<T extends EventTopic> = T extends keyof typeof ITEMS
  ? ReturnType<(typeof ITEMS)[T]['parse']>
  : unknown;

/** What a follower of a topic is told. */
export interface EventHandlers<T extends EventTopic> {
  /** All there is: at the beginning, and again whenever anything may have been missed. */
  readonly onSnapshot?: (items: readonly EventItem<T>[]) => void;
  /** One item as it now is. */
  readonly onItem?: (item: EventItem<T>) => void;
  /** The id of an item that is gone. */
  readonly onRemoved?: (id: string) => void;
  /** The server refuses the topic; nothing more comes until the next connection. */
  readonly onRefused?: (problem: Problem) => void;
}

interface Follower {
  readonly topic: EventTopic;
  readonly handlers: EventHandlers<EventTopic>;
  /** The server's name for it on this connection. */
  subscription: string | null;
  nextSeq: number;
}

/**
 * The `/ws/events` side of the client: topics as a snapshot and numbered changes over one connection that heals
 * itself. After a lost connection or a gap in the numbers a new snapshot is asked for.
 */
export class EventsClient {
  readonly #link: Link<EventsServerMessage, EventsClientMessage>;
  readonly #token: (() => string | undefined) | undefined;
  readonly #followers = new Set<Follower>();
  readonly #opening = new Map<string, Follower>();
  readonly #bySubscription = new Map<string, Follower>();
  /** Signed in, or in no need of it: topics may be asked for. */
  #isReady = false;
  #lastId = 0;

  constructor(options: LinkOptions) {
    this.#token = options.token;
    this.#link = new Link(options, {
      parse,
      ping: { op: 'ping', id: 'probe' },
      onOpen: ({ signedIn }) => this.#opened(signedIn),
      onMessage: (message) => this.#receive(message),
      onLost: () => this.#lost(),
    });
  }

  /** The connection right now; read it again rather than keep it. */
  get state(): LinkState {
    return this.#link.state;
  }

  /** Calls `listener` at each change of the connection; returns the unsubscribe. */
  onState(listener: (state: LinkState) => void): () => void {
    return this.#link.onState(listener);
  }

  /** Follows a topic until the returned function is called, across losses of the connection. */
  follow<T extends EventTopic>(topic: T, handlers: EventHandlers<T>): () => void {
    // The items handed over are parsed by the topic's own schema.
    const follower: Follower = {
      topic,
      handlers,
      subscription: null,
      nextSeq: 0,
    };
    this.#followers.add(follower);
    this.#open(follower);
    return () => {
      this.#followers.delete(follower);
      this.#leave(follower);
    };
  }

  /** Dials at once when lost: the network came back. */
  retryNow(): void {
    this.#link.retryNow();
  }

  close(): void {
    this.#lost();
    this.#followers.clear();
    this.#link.close();
  }

  #opened(isSignedIn: boolean): void {
    // A browser cannot send a token with the handshake: it follows as the first message.
    const token = isSignedIn ? undefined : this.#token?.();
    if (token !== undefined) this.#link.send({ op: 'auth', token });
    else this.#openAll();
  }

  #openAll(): void {
    this.#isReady = true;
    for (const follower of this.#followers) this.#open(follower);
  }

  #open(follower: Follower): void {
    if (!this.#isReady) return;
    const id = `c${String(++this.#lastId)}`;
    if (this.#link.send({ op: 'subscribe', id, topic: follower.topic })) this.#opening.set(id, follower);
  }

  #leave(follower: Follower): void {
    const { subscription } = follower;
    if (subscription === null) return;
    this.#bySubscription.delete(subscription);
    follower.subscription = null;
    this.#link.send({ op: 'unsubscribe', id: `c${String(++this.#lastId)}`, subscription });
  }

  #receive(message: EventsServerMessage): void {
    switch (message.kind) {
      case 'signed-in':
        this.#openAll();
        return;
      case 'subscribed': {
        const follower = this.#opening.get(message.id);
        this.#opening.delete(message.id);
        if (!follower) return;
        follower.subscription = message.subscription;
        follower.nextSeq = 0;
        this.#bySubscription.set(message.subscription, follower);
        // Nobody follows any more: it was left while it was being opened.
        if (!this.#followers.has(follower)) this.#leave(follower);
        return;
      }
      case 'error': {
        const follower = message.id === undefined ? undefined : this.#opening.get(message.id);
        if (message.id !== undefined) this.#opening.delete(message.id);
        follower?.handlers.onRefused?.(message.problem);
        return;
      }
      case 'snapshot':
      case 'delta':
        this.#deliver(message);
        return;
      default:
      // Of no topic.
    }
  }

  #deliver(message: Extract<EventsServerMessage, { kind: 'snapshot' | 'delta' }>): void {
    const follower = this.#bySubscription.get(message.subscription);
    if (!follower) return;
    if (message.seq !== follower.nextSeq) {
      // Something was missed: only a new snapshot tells what there is.
      this.#leave(follower);
      this.#open(follower);
      return;
    }
    follower.nextSeq++;
    const { handlers } = follower;
    if (message.kind === 'snapshot') {
      const items = message.items.map((item) => itemOf(follower.topic, item));
      if (items.every((item) => item.ok)) handlers.onSnapshot?.(items.map(({ value }) => value));
      else this.#link.drop('an item breaks the contract');
      return;
    }
    if (message.removed !== undefined) handlers.onRemoved?.(message.removed);
    if (message.item === undefined) return;
    const item = itemOf(follower.topic, message.item);
    if (item.ok) handlers.onItem?.(item.value);
    else this.#link.drop('an item breaks the contract');
  }

  #lost(): void {
    this.#isReady = false;
    this.#opening.clear();
    this.#bySubscription.clear();
    for (const follower of this.#followers) follower.subscription = null;
  }
}

function itemOf(topic: EventTopic, item: unknown): Result<unknown, string> {
  if (topic !== 'jobs' && topic !== 'system') return ok(item);
  const parsed = ITEMS[topic].safeParse(item);
  return parsed.success ? ok(parsed.data) : err(parsed.error.message);
}

function parse(data: string | ArrayBuffer): Result<EventsServerMessage, string> {
  if (typeof data !== 'string') return err('events travel as text');
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return err('text message is not JSON');
  }
  const parsed = EventsServerMessage.safeParse(json);
  return parsed.success
    ? ok(parsed.data)
    : err(`message breaks the protocol: ${parsed.error.issues[0]?.message ?? ''}`);
}
