import type { OhlcvClientInput } from '@wickworks/contracts';
import type { Accepted } from './entry.js';
import type { SubscribeRequest } from './subscription.js';

/** What the server said last about one subscription, and what to send to get it (again). */
export class SubscriptionCursor {
  readonly #request: SubscribeRequest;
  #resumeToken: string | undefined;
  #seq = -1;

  constructor(request: SubscribeRequest) {
    this.#request = request;
  }

  /** `resume` where the stream left off, `subscribe` when nothing of it is known. */
  opening(id: string): OhlcvClientInput {
    const resumeToken = this.#resumeToken;
    return resumeToken !== undefined && this.#seq >= 0
      ? { op: 'resume', id, resumeToken, seq: this.#seq }
      : { encoding: 'packed', ...this.#request, op: 'subscribe', id };
  }

  get isResuming(): boolean {
    return this.#resumeToken !== undefined && this.#seq >= 0;
  }

  /** Takes the server's answer; without `resumed` a snapshot must follow. */
  accepted(answer: Accepted): void {
    this.#resumeToken = answer.resumeToken;
    if (answer.resumed !== true) this.#seq = -1;
  }

  /** Starts over with a fresh `subscribe`. */
  forget(): void {
    this.#resumeToken = undefined;
    this.#seq = -1;
  }

  /** `take` the message, `repeat` of one that came before, or `hole`: something is missing before it. */
  judge(news: { readonly kind: string; readonly seq: number }): 'take' | 'repeat' | 'hole' {
    if (this.#seq < 0 && news.kind !== 'snapshot') return 'hole';
    if (news.kind !== 'snapshot') {
      if (news.seq <= this.#seq) return 'repeat';
      if (news.seq !== this.#seq + 1) return 'hole';
    }
    this.#seq = news.seq;
    return 'take';
  }
}
