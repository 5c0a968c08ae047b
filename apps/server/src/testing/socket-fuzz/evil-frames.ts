import { randomBytes } from 'node:crypto';

/** A seeded source of numbers in [0, 1) (mulberry32). */
export type Rng = () => number;
export function seededRng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some bytes for the line, how many frames they are, and whether the server must hang up on them. */
export interface Attack {
  readonly bytes: Buffer;
  readonly frames: number;
  readonly isFatal: boolean;
}

const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FIN = 0x80;
const RSV1 = 0x40;
const PAYLOAD_MAX = 65_536;

const DEEP = 15_000;
/** Deep enough to overflow whatever reads or writes it by recursion. */
const DEEP_TEXTS = ['op', 'id', 'x'].map((name) => `{"op":"ping","${name}":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`);

type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

const NASTY: readonly Value[] = [
  ...[
    null,
    true,
    -1,
    0,
    0.5,
    1e21,
    2 ** 53,
    -(2 ** 53),
    1e308,
    '',
    ' ',
    '\0',
    '\ud800',
    '__proto__',
    '\u202e',
    'x'.repeat(300),
  ],
  ...[
    '9'.repeat(40),
    'BTC/USDT',
    's1',
    's999999',
    'e1',
    [],
    {},
    [[]],
    { toString: 1 },
    { length: 1e9 },
    new Array<Value>(50).fill('s1'),
  ],
  Object.fromEntries([['__proto__', { op: 'ping' }]]),
];

/** Makes whatever a hostile client might send, from messages that are right. */
export class EvilFrames {
  readonly #rng: Rng;
  readonly #messages: readonly Value[];

  constructor(rng: Rng, messages: readonly Value[]) {
    this.#rng = rng;
    this.#messages = messages;
  }

  next(): Attack {
    const choice = this.#rng();
    if (choice < 0.1) return this.#text(JSON.stringify(this.#message()));
    if (choice < 0.45) return this.#text(JSON.stringify(this.#mutated(this.#message())));
    if (choice < 0.7) return this.#text(this.#spoiled(JSON.stringify(this.#message())));
    if (choice < 0.78) return fine(frame(BINARY | FIN, Buffer.from(JSON.stringify(this.#message()))));
    if (choice < 0.86) return this.#fragmented();
    if (choice < 0.865) return this.#text(this.#pick(DEEP_TEXTS));
    if (choice < 0.92) return fine(frame((this.#chance(0.5) ? PING : PONG) | FIN, Buffer.alloc(this.#below(126))));
    if (choice < 0.985)
      return this.#text(this.#pick(['', ' ', '[]', '0', 'null', '"', '{', '{}', '[[[[', '{"op":"ping"}', '\ufeff{}']));
    return this.#fatal();
  }

  #message(): Value {
    return this.#pick(this.#messages);
  }

  #text(text: string): Attack {
    return fine(frame(TEXT | FIN, Buffer.from(text)));
  }

  /** Characters changed, lost, doubled or added; still UTF-8. */
  #spoiled(text: string): string {
    let now = text;
    for (let times = 1 + this.#below(6); times > 0; times--) {
      const at = this.#below(now.length + 1);
      const some = this.#pick([
        '',
        '"',
        '{',
        '}',
        '[',
        ',',
        ':',
        '0',
        '-',
        'e9',
        '\\',
        '\\u',
        '\0',
        'ÿ',
        '€',
        String.fromCharCode(this.#below(0xd800)),
      ]);
      const gone = this.#below(3);
      now = now.slice(0, at) + some + now.slice(at + gone);
    }
    return now;
  }

  /** Something at some depth replaced, removed or added. */
  #mutated(value: Value): Value {
    if (typeof value !== 'object' || value === null || this.#chance(0.15)) return this.#pick(NASTY);
    if (Array.isArray(value)) {
      const list: readonly Value[] = value;
      const at = this.#below(list.length);
      return list.map((item, index) => (index === at ? this.#mutated(item) : item));
    }
    const entries = Object.entries(value);
    const at = this.#below(entries.length);
    const choice = this.#rng();
    if (choice < 0.2) return Object.fromEntries(entries.filter((_, index) => index !== at));
    if (choice < 0.35)
      return Object.fromEntries([...entries, [this.#pick(['__proto__', 'op', 'id', 'x']), this.#pick(NASTY)]]);
    return Object.fromEntries(entries.map(([name, item], index) => [name, index === at ? this.#mutated(item) : item]));
  }

  /** One message in pieces, with control frames between them as is allowed. */
  #fragmented(): Attack {
    const payload = Buffer.from(this.#spoiled(JSON.stringify(this.#message())));
    const cut = this.#below(payload.length);
    const pieces = [
      frame(TEXT, payload.subarray(0, cut)),
      frame(PING | FIN, Buffer.from('between')),
      frame(0, Buffer.alloc(0)),
      frame(FIN, payload.subarray(cut)),
    ];
    return { bytes: Buffer.concat(pieces), frames: pieces.length, isFatal: false };
  }

  /** What RFC 6455 says a server must hang up on, and what this one does. */
  #fatal(): Attack {
    const bytes = this.#pick<() => Buffer>([
      () => frame(TEXT | FIN, Buffer.from([0xc3, 0x28, 0xff, 0xfe])),
      () => frame(BINARY | FIN, Buffer.alloc(PAYLOAD_MAX + 1)),
      () => Buffer.concat([frame(TEXT, Buffer.alloc(PAYLOAD_MAX, 0x20)), frame(FIN, Buffer.from('x'))]),
      () => frame(FIN, Buffer.from('goes on with nothing')),
      () => Buffer.concat([frame(TEXT, Buffer.from('a')), frame(TEXT | FIN, Buffer.from('b'))]),
      () => frame(0x3 | FIN, Buffer.from('reserved')),
      () => frame(0xf | FIN, Buffer.alloc(0)),
      () => frame(TEXT | FIN | 0x20, Buffer.from('{}')),
      () => frame(PING, Buffer.from('in pieces')),
      () => frame(PING | FIN, Buffer.alloc(126)),
      () => frame(CLOSE | FIN, Buffer.from([0x03])),
      () => frame(CLOSE | FIN, Buffer.from([0x00, 0x01])),
      () => frame(CLOSE | FIN, Buffer.from([0x03, 0xe8, 0xff])),
      () => Buffer.from([TEXT | FIN, 2, 0x7b, 0x7d]),
      () => Buffer.from([TEXT | FIN, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4]),
      () => frame(TEXT | FIN | RSV1, randomBytes(40)),
      () => Buffer.concat([Buffer.from([0xff]), randomBytes(60)]),
    ])();
    return { bytes, frames: 1, isFatal: true };
  }

  #below(limit: number): number {
    return Math.floor(this.#rng() * limit);
  }

  #chance(ratio: number): boolean {
    return this.#rng() < ratio;
  }

  #pick<T>(list: readonly T[]): T {
    const found = list[this.#below(list.length)];
    if (found === undefined) throw new Error('there is nothing to pick from');
    return found;
  }
}

const fine = (bytes: Buffer): Attack => ({ bytes, frames: 1, isFatal: false });

/** A client's frame: masked, as the protocol wants it. */
function frame(firstByte: number, payload: Uint8Array): Buffer {
  const size = payload.length;
  const head =
    size < 126
      ? [size]
      : size < 65_536
        ? [126, size >> 8, size & 255]
        : [127, 0, 0, 0, 0, 0, size >> 16, (size >> 8) & 255, size & 255];
  const mask = [0x11, 0x22, 0x44, 0x88];
  const bytes = Buffer.from([firstByte, (head[0] ?? 0) | 0x80, ...head.slice(1), ...mask, ...payload]);
  const from = bytes.length - size;
  for (let index = 0; index < size; index++) bytes[from + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  return bytes;
}
