import fc from 'fast-check';
import { AnswerJudge } from './answer-judge.js';
import type { FuzzCallers } from './fuzz-callers.js';
import type { Hints } from './json-arbitrary.js';
import { KnownIds } from './known-ids.js';
import { RawClient, type RawAnswer } from './raw-client.js';
import { encoded, requestsTo, type RequestPlan } from './request-arbitrary.js';
import { operationsOf, type Json, type Spec, type SpecOperation } from './spec.js';

const AT_ONCE = 8;
/** Plans of one operation made at a time. */
const ROUND = 10;

/** What came of a run. */
export interface FuzzOutcome {
  readonly requests: number;
  /** Each kind of fault once, with the first request that showed it. */
  readonly faults: readonly string[];
  readonly byStatus: ReadonlyMap<number, number>;
  /** Operations no request succeeded at. */
  readonly neverDone: readonly string[];
}

export interface FuzzInput {
  readonly url: string;
  readonly spec: Spec;
  readonly callers: FuzzCallers;
  readonly seed: number;
  readonly requestsMin: number;
  readonly hints: Hints;
  /** How often an operation is asked, against 1 for the others. */
  readonly shareOf: (operation: SpecOperation) => number;
  /** Puts right what requests may have turned against those who come after. */
  readonly betweenRounds: () => Promise<void>;
  /** Called before each request. */
  readonly tick: () => void;
}

/** Asks every operation of the document in seeded ways, several at a time, and judges every answer. */
export async function runApiFuzz(input: FuzzInput): Promise<FuzzOutcome> {
  const { spec, callers } = input;
  const client = new RawClient(input.url, AT_ONCE);
  const run = new Run(input, client, new KnownIds(spec, callers.ids));
  const operations = operationsOf(spec).map((operation) => ({
    operation,
    arbitrary: requestsTo(spec, operation, input.hints),
  }));
  for (let round = 0; run.requests < input.requestsMin; round++) {
    const plans = operations.flatMap(({ operation, arbitrary }, index) => {
      const numRuns = Math.round(ROUND * input.shareOf(operation)) || (round % 5 === 0 ? 1 : 0);
      if (numRuns === 0) return [];
      return fc.sample(arbitrary, { numRuns, seed: input.seed + round * operations.length + index });
    });
    await run.sendAll(inTurns(plans));
    await input.betweenRounds();
  }
  client.close();
  const neverDone = operations.map(({ operation }) => nameOf(operation)).filter((name) => !run.done.has(name));
  return { requests: run.requests, faults: run.faults, byStatus: run.byStatus, neverDone };
}

class Run {
  requests = 0;
  readonly byStatus = new Map<number, number>();
  readonly done = new Set<string>();
  readonly #faults = new Map<string, string>();
  readonly #input: FuzzInput;
  readonly #client: RawClient;
  readonly #ids: KnownIds;
  readonly #judge: AnswerJudge;

  constructor(input: FuzzInput, client: RawClient, ids: KnownIds) {
    this.#input = input;
    this.#client = client;
    this.#ids = ids;
    this.#judge = new AnswerJudge(input.spec);
  }

  get faults(): readonly string[] {
    return [...this.#faults.values()];
  }

  async sendAll(plans: readonly RequestPlan[]): Promise<void> {
    const queue = plans.values();
    const work = async (): Promise<void> => {
      for (const plan of queue) await this.#send(plan);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async #send(plan: RequestPlan): Promise<void> {
    const { callers, tick } = this.#input;
    tick();
    const address = `10.0.${this.requests % 7}.${(this.requests * 31) % 251}`;
    this.requests++;
    const path = this.#pathOf(plan);
    const headers = { ...callers.headersOf(plan.caller), 'x-forwarded-for': address, ...plan.headers };
    let answer: RawAnswer;
    try {
      answer = await this.#client.send({ method: plan.method, path, headers, body: plan.body });
    } catch (error) {
      this.#note(plan, path, `no answer: ${String(error)}`);
      return;
    }
    this.byStatus.set(answer.status, (this.byStatus.get(answer.status) ?? 0) + 1);
    for (const fault of this.#judge.faultsOf(plan, answer)) this.#note(plan, path, fault);
    if (answer.status < 300 && plan.method === plan.operation.method) {
      this.done.add(nameOf(plan.operation));
      if (answer.headers['content-type']?.startsWith('application/json'))
        this.#ids.learn(plan.operation.path, JSON.parse(answer.body.toString('utf8')) as Json);
    }
    if (answer.status === 401) await callers.renew(plan.caller);
  }

  #pathOf({ operation, parts, search }: RequestPlan): string {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const part = parts[name] ?? { text: 'none' };
      if ('text' in part) return part.text;
      return encoded(this.#ids.find(operation.path, name, part.known));
    });
    return path + search;
  }

  #note(plan: RequestPlan, path: string, fault: string): void {
    const kind = `${nameOf(plan.operation)} ${fault.slice(0, 60)}`;
    if (this.#faults.has(kind)) return;
    const body = plan.body === null ? '' : ` body ${plan.body.toString('utf8', 0, 600)}`;
    const head = JSON.stringify(plan.headers).slice(0, 300);
    this.#faults.set(kind, `${plan.caller}: ${plan.method} ${path.slice(0, 300)} ${head}${body}\n  → ${fault}`);
  }
}

const nameOf = ({ method, path }: SpecOperation): string => `${method} ${path}`;

/** Spread, so that what one operation makes the next ones find. */
function inTurns(plans: readonly RequestPlan[]): RequestPlan[] {
  const stride = Math.ceil(plans.length / ROUND);
  return Array.from({ length: stride }, (_, start) => plans.filter((__, index) => index % stride === start)).flat();
}
