import type { Response } from 'express';
import type { Endpoint } from '@wickworks/contracts';
import type * as z from 'zod';
import type { Principal } from '../auth/principal.js';
import { refuse } from '../wire/problem.js';
import { RefusedError } from './problems.js';

/** One request to one endpoint, checked and parsed: what a handler is given. */
export interface Call<E extends Endpoint = Endpoint> {
  readonly principal: Principal;
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: z.output<E['body']>;
  readonly requestId: string;
  /** Address of the client, and what it calls itself. */
  readonly address: string;
  readonly agent: string;
  /** For `If-Match`, `ETag`, `Location`, cookies and other statuses than the endpoint's. */
  readonly http: CallHeaders;
}

/** Answers with what the endpoint promises to reply. */
export type Handler<E extends Endpoint> = (call: Call<E>) => Promise<z.input<E['reply']>> | z.input<E['reply']>;

/** The head of a request and of its answer. */
export class CallHeaders {
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
  }

  /** A header of the request. */
  given(name: string): string | undefined {
    return this.#response.req.get(name);
  }

  /** Sets a header of the answer; `Set-Cookie` may be set several times. */
  set(name: string, value: string): void {
    if (name.toLowerCase() === 'set-cookie') this.#response.append(name, value);
    else this.#response.set(name, value);
  }

  /** Answers with another status than the endpoint's own. */
  status(code: number): void {
    this.#response.status(code);
  }

  /** Where what was created can be read. */
  location(path: string): void {
    this.#response.location(path);
  }

  /** Tells the version of the resource answered with, or just changed. */
  version(version: number): void {
    this.#response.set('ETag', `"v${version}"`);
  }

  /**
   * The version that `If-Match` says the client has seen, `any` for `*`. Refuses a request without (428) and one that
   * names something that never was a version (412).
   */
  expectedVersion(): number | 'any' {
    const given = this.given('if-match')?.trim();
    if (given === undefined || given === '')
      throw new RefusedError(refuse('precondition-required', 'send If-Match with the ETag of what you have read'));
    if (given === '*') return 'any';
    const version = /^(?:W\/)?"v(\d{1,15})"$/.exec(given)?.[1];
    if (version === undefined) throw changedMeanwhile();
    return Number(version);
  }

  /** As {@link expectedVersion}, and refuses (412) another one than `current`. */
  demandVersion(current: number): void {
    const expected = this.expectedVersion();
    if (expected !== 'any' && expected !== current) throw changedMeanwhile();
  }
}

/** The answer to a change of something that has changed since it was read. */
const changedMeanwhile = (): RefusedError =>
  new RefusedError(refuse('precondition-failed', 'it has changed since you read it; read it again'));
