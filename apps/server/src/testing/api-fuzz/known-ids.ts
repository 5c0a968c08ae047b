import type { Json, Spec } from './spec.js';

const KEPT_MAX = 40;

/** Ids that answers told of, by the list they belong to: requests for one of them get somewhere. */
export class KnownIds {
  readonly #byList = new Map<string, string[]>();
  readonly #spared: ReadonlySet<string>;

  /** `spared` are never told: without them nothing could be asked any more. */
  constructor(spec: Spec, spared: ReadonlySet<string>) {
    this.#spared = spared;
    for (const path of Object.keys(spec.paths))
      for (const { index } of path.matchAll(/\/\{\w+\}/g)) this.#byList.set(path.slice(0, index), []);
  }

  /** Remembers every `id` in an answer to a request for `path` (of the document), when `path` is a list. */
  learn(path: string, reply: Json): void {
    const list = this.#byList.get(path);
    if (!list) return;
    for (const id of idsIn(reply)) if (!this.#spared.has(id) && !list.includes(id)) list.push(id);
    if (list.length > KEPT_MAX) list.splice(0, list.length - KEPT_MAX);
  }

  /** Some id for the parameter `name` of `path`. */
  find(path: string, name: string, index: number): string {
    const list = this.#byList.get(path.slice(0, path.indexOf(`/{${name}}`))) ?? [];
    return list[index % Math.max(1, list.length)] ?? 'none';
  }
}

function* idsIn(value: Json): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, item] of Object.entries<Json>(value)) {
    if (name === 'id' && typeof item === 'string') yield item;
    else yield* idsIn(item);
  }
}
