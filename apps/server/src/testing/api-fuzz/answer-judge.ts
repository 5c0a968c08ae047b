import { STATUS_CODES } from 'node:http';
import { Problem } from '@wickworks/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RawAnswer } from './raw-client.js';
import type { RequestPlan } from './request-arbitrary.js';
import type { Spec, SpecOperation } from './spec.js';

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';
/** The one refusal above 500 that is no failure: what an installation does without. */
const NOT_SUPPORTED = 501;
/** What an answer would look like that tells how the server is built. */
const INTERNALS = /node_modules|\.ts:\d+|\.js:\d+|SQLITE|at (?:async )?\w+ \(|libsql|zod/i;
const UNIVERSAL_HEADERS = ['x-request-id', 'x-content-type-options', 'content-security-policy'];

/** Holds answers against the document that promises them. */
export class AnswerJudge {
  readonly #spec: Spec;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(spec: Spec) {
    this.#spec = spec;
    this.#ajv.addSchema(spec, 'spec');
  }

  /** What is wrong with `answer`; empty when nothing is. */
  faultsOf(plan: RequestPlan, answer: RawAnswer): string[] {
    const faults: string[] = [];
    const operation = this.#asked(plan);
    if (answer.status >= 500 && answer.status !== NOT_SUPPORTED)
      faults.push(`status ${answer.status}: ${answer.body.toString('utf8', 0, 300)}`);
    for (const name of UNIVERSAL_HEADERS) if (answer.headers[name] === undefined) faults.push(`no ${name}`);
    const text = plan.method === 'HEAD' ? '' : answer.body.toString('utf8');
    if (!operation) return [...faults, ...unlistedFaults(plan, answer, text)];
    // What stands in an address may lead to no resource at all, or to another one of the same method.
    const isElsewhere = answer.status === 404 || answer.status === 405;
    const response = operation.responses[String(answer.status)];
    if (!response && !isElsewhere && answer.status !== 413) faults.push(`status ${answer.status} is not documented`);
    if (answer.status >= 400) return [...faults, ...problemFaults(plan, answer, text)];
    return [...faults, ...this.#goodFaults(plan, operation, answer, text)];
  }

  /** The operation a request really is for, when its method was changed. */
  #asked({ operation, method }: RequestPlan): SpecOperation | undefined {
    const asked = method === 'HEAD' ? 'GET' : method;
    const found = this.#spec.paths[operation.path]?.[asked.toLowerCase()];
    return found && { ...found, method: asked, path: operation.path };
  }

  #goodFaults(plan: RequestPlan, operation: SpecOperation, answer: RawAnswer, text: string): string[] {
    const faults: string[] = [];
    const response = operation.responses[String(answer.status)];
    const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    const pointer = `paths/${escaped(operation.path)}/${operation.method.toLowerCase()}`;
    if (response?.headers?.['Location'] !== undefined && answer.headers.location === undefined)
      faults.push(`${answer.status} without Location`);
    if (plan.value && plan.method === plan.operation.method) {
      const fits = this.#validator(`${pointer}/requestBody/content/${escaped(JSON_TYPE)}/schema`);
      if (!fits(plan.value.json)) faults.push(`took a body its schema refuses: ${this.#ajv.errorsText(fits.errors)}`);
    }
    if (plan.method === 'HEAD') return faults;
    if (!response?.content)
      return text === '' ? faults : [...faults, `a body where none is documented: ${text.slice(0, 100)}`];
    if (!(type in response.content)) return [...faults, `of a type that is not documented: ${type}`];
    if (type !== JSON_TYPE) return faults;
    const fits = this.#validator(`${pointer}/responses/${answer.status}/content/${escaped(JSON_TYPE)}/schema`);
    if (!fits(JSON.parse(text)))
      faults.push(`not as documented: ${this.#ajv.errorsText(fits.errors)} in ${text.slice(0, 300)}`);
    return faults;
  }

  #validator(pointer: string): ValidateFunction {
    const known = this.#validators.get(pointer);
    if (known) return known;
    const made = this.#ajv.compile({ $ref: `spec#/${pointer}` });
    this.#validators.set(pointer, made);
    return made;
  }
}

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~');

/** Methods a path does not have. */
function unlistedFaults(plan: RequestPlan, answer: RawAnswer, text: string): string[] {
  if (plan.method === 'OPTIONS' && answer.status < 300) return [];
  if (answer.status < 400) return [`${plan.method} is not documented, but answered ${answer.status}`];
  return problemFaults(plan, answer, text);
}

function problemFaults(plan: RequestPlan, { status, headers }: RawAnswer, text: string): string[] {
  if (!headers['content-type']?.startsWith(PROBLEM_TYPE))
    return [`${status} of type ${String(headers['content-type'])}`];
  if (plan.method === 'HEAD') return [];
  const faults: string[] = [];
  const parsed = Problem.strict().safeParse(JSON.parse(text));
  if (!parsed.success) return [`not a problem: ${text.slice(0, 300)}`];
  const { data: problem } = parsed;
  if (problem.status !== status) faults.push(`status ${status}, but ${problem.status} in the body`);
  if (problem.requestId !== headers['x-request-id']) faults.push('names another request');
  if (problem.title === '' || problem.detail === '') faults.push('says nothing');
  if (problem.code === 'invalid-field' && (problem.issues ?? []).length === 0) faults.push('names no field at fault');
  if (INTERNALS.test(problem.detail)) faults.push(`tells internals: ${problem.detail.slice(0, 200)}`);
  if (text.length > 20_000) faults.push(`a refusal of ${text.length} characters`);
  if (status === 405 && headers.allow === undefined) faults.push('405 without Allow');
  if (status === 429 && headers['retry-after'] === undefined) faults.push('429 without Retry-After');
  if (status === 401 && headers['www-authenticate'] === undefined) faults.push('401 without WWW-Authenticate');
  if (STATUS_CODES[status] === undefined) faults.push('no such status');
  return faults;
}
