import { createHash, createHmac } from 'node:crypto';
import { deriveKey, seal, unseal } from '@wickworks/accounts';
import type { Request, Response } from 'express';
import { refuse, type Refusal } from '../wire/problem.js';
import { RefusedError } from './problems.js';

const KEPT_MS = 24 * 60 * 60_000;
/** Headers of an answer that belong to what was done, not to the moment. */
const KEPT_HEADERS = ['Location', 'ETag'];
const KEY = /^[\x21-\x7e]{1,128}$/;

/** Where answers are kept. */
export interface AnswerStore {
  claim(claim: { id: string; fingerprint: string; nowMs: number; forgetBeforeMs: number }): Promise<KeptAnswer | null>;
  keep(id: string, answer: Omit<KeptAnswer, 'fingerprint'>): Promise<void>;
  release(id: string): Promise<void>;
}

interface KeptAnswer {
  readonly fingerprint: string;
  /** `null`: being made, or its making was interrupted. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers a repeated write (`Idempotency-Key`) with what the first one was answered, for 24 hours. */
export class Idempotency {
  readonly #store: AnswerStore;
  readonly #secret: string;
  readonly #fingerprintKey: Buffer;
  readonly #nowMs: () => number;

  /** Answers are kept sealed under the installation's `secret`: some hold a key or a token that is shown once. */
  constructor({ store, secret, nowMs }: { store: AnswerStore; secret: string; nowMs: () => number }) {
    this.#store = store;
    this.#secret = secret;
    this.#fingerprintKey = deriveKey(secret, 'fingerprints of repeated requests');
    this.#nowMs = nowMs;
  }

  /** Sends what `work` replies (`undefined`: no body), or what it replied before to this caller under this key. */
  async answer(request: Request, response: Response, userId: string, work: () => Promise<unknown>): Promise<void> {
    const key = request.get('idempotency-key');
    if (key === undefined || userId === '') {
      send(response, jsonOf(await work()));
      return;
    }
    if (!KEY.test(key)) {
      const message = 'use 1 to 128 printable characters without spaces';
      throw new RefusedError(refuse('invalid-field', message, [{ path: 'Idempotency-Key', message }]));
    }
    const id = hash([userId, key]);
    const sent: unknown = request.body;
    const fingerprint = this.#fingerprint([request.method, request.originalUrl, JSON.stringify(sent ?? null)]);
    const nowMs = this.#nowMs();
    const kept = await this.#store.claim({ id, fingerprint, nowMs, forgetBeforeMs: nowMs - KEPT_MS });
    if (kept) {
      this.#replay(response, kept, { id, fingerprint });
      return;
    }
    let body: string;
    try {
      body = jsonOf(await work());
    } catch (error) {
      await this.#store.release(id); // nothing was done: it may be tried again under the same key
      throw error;
    }
    const headers: Record<string, string> = {};
    for (const name of KEPT_HEADERS) {
      const value = response.get(name);
      if (value !== undefined) headers[name] = value;
    }
    await this.#store.keep(id, {
      status: response.statusCode,
      headers,
      body: seal(this.#secret, sealedFor(id), body),
    });
    send(response, body);
  }

  #replay(response: Response, kept: KeptAnswer, { id, fingerprint }: { id: string; fingerprint: string }): void {
    if (kept.fingerprint !== fingerprint)
      throw new RefusedError(refuse('conflict', 'this Idempotency-Key was used for another request'));
    if (kept.status === null) throw new RefusedError(UNANSWERED);
    const body = unseal(this.#secret, sealedFor(id), kept.body);
    if (!body.ok) throw new RefusedError(refuse('conflict', 'this was done, but its answer can no longer be read'));
    response.status(kept.status).set(kept.headers).set('Idempotency-Replayed', 'true');
    send(response, body.value);
  }

  /** Bodies may hold a password: without the key, nothing can be tried against what is stored. */
  #fingerprint(parts: readonly string[]): string {
    return createHmac('sha256', this.#fingerprintKey).update(JSON.stringify(parts)).digest('hex');
  }
}

const UNANSWERED: Refusal = {
  ...refuse('conflict', 'the first request with this Idempotency-Key has not been answered yet'),
  retryable: true,
  retryAfterSeconds: 1,
};

const sealedFor = (id: string): string => `idempotent-answer:${id}`;

/** `''` of nothing. */
const jsonOf = (reply: unknown): string => (reply === undefined ? '' : JSON.stringify(reply));

function send(response: Response, body: string): void {
  if (body === '') response.end();
  else response.type('json').send(body);
}

const hash = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
