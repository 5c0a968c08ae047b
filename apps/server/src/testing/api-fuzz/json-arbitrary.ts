import fc from 'fast-check';
import type { Json, Schema } from './spec.js';

/** How deep values of schemas that contain themselves are made. */
const DEPTH_MAX = 5;
const LENGTH_MAX = 5_000;

/** What the document does not say of the server under test. */
export interface Hints {
  /** Values that mean something to it, by the name of the field. */
  readonly values: Readonly<Record<string, readonly Json[]>>;
  /** Optional fields that exclude others: they are in one object of ten. */
  readonly seldom: readonly string[];
}

/** Makes values that fit schemas, the ends of their ranges more often than the middle. */
export class FittingValues {
  readonly #definitions: Readonly<Record<string, Schema>>;
  readonly #hints: Hints;
  readonly #made = new Map<string, fc.Arbitrary<Json>>();

  constructor(definitions: Readonly<Record<string, Schema>>, hints: Hints) {
    this.#definitions = definitions;
    this.#hints = hints;
  }

  /** Values of a field called `name`, most of them such as get further than the door. */
  named(name: string, schema: Schema, depth = 0): fc.Arbitrary<Json> {
    const hints = this.#hints.values[name];
    const any = this.of(schema, depth);
    return hints ? fc.oneof({ weight: 1, arbitrary: any }, { weight: 4, arbitrary: fc.constantFrom(...hints) }) : any;
  }

  of(schema: Schema, depth = 0): fc.Arbitrary<Json> {
    if (schema.$ref !== undefined) return this.#ofDefinition(schema.$ref, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.#oneOf(choices, depth);
    const types = [schema.type ?? []].flat();
    if (types.length > 1) return fc.oneof(...types.map((type) => this.of({ ...schema, type }, depth)));
    switch (types[0]) {
      case 'string':
        return strings(schema);
      case 'integer':
        return integers(schema);
      case 'number':
        return numbers(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.#arrays(schema, depth);
      case 'object':
        return this.#objects(schema, depth);
      default:
        return depth > 1 ? fc.constant(null) : (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
    }
  }

  #ofDefinition(ref: string, depth: number): fc.Arbitrary<Json> {
    const key = `${ref} ${depth}`;
    const made = this.#made.get(key);
    if (made) return made;
    const schema = this.#definitions[ref.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`the document lacks ${ref}`);
    const arbitrary = this.of(schema, depth + 1);
    this.#made.set(key, arbitrary);
    return arbitrary;
  }

  #oneOf(choices: readonly Schema[], depth: number): fc.Arbitrary<Json> {
    const flat = choices.filter(({ type, $ref }) => type !== 'object' && type !== 'array' && $ref === undefined);
    const fitting = depth >= DEPTH_MAX && flat.length > 0 ? flat : choices;
    return fc.oneof(...fitting.map((choice) => this.of(choice, depth + (depth >= DEPTH_MAX ? 0 : 1))));
  }

  #arrays(schema: Schema, depth: number): fc.Arbitrary<Json> {
    const { prefixItems, items, minItems = 0, maxItems = 10 } = schema;
    if (prefixItems) return fc.tuple(...prefixItems.map((item) => this.of(item, depth + 1)));
    if (typeof items !== 'object') return fc.constant([]);
    const most = Math.max(minItems, Math.min(maxItems, depth > 2 ? 2 : 6));
    return fc.array(this.of(items, depth + 1), { minLength: minItems, maxLength: most });
  }

  #objects(schema: Schema, depth: number): fc.Arbitrary<Json> {
    const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, this.named(name, field, depth + 1)]),
    );
    const seldom = this.#hints.seldom.filter((name) => name in fields && !required.includes(name));
    const own = fc
      .tuple(
        fc.record(fields, { requiredKeys: Object.keys(fields).filter((name) => required.includes(name)) }),
        fc.nat({ max: seldom.length === 0 ? 0 : 9 }),
      )
      .map(([all, dice]) =>
        dice === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => !seldom.includes(name))),
      );
    if (typeof additionalProperties !== 'object') return own;
    const name = propertyNames ? strings(propertyNames) : fc.oneof(fc.constantFrom('period', 'source'), fc.string());
    const others = fc.dictionary(name, this.of(additionalProperties, depth + 1), { maxKeys: 4 });
    return fc.tuple(own, others).map(([a, b]) => ({ ...b, ...a }));
  }
}

function strings({ pattern, minLength = 0, maxLength = LENGTH_MAX, enum: words }: Schema): fc.Arbitrary<string> {
  if (words) return fc.constantFrom(...words.map(String));
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: '-1' });
  const most = Math.min(maxLength, LENGTH_MAX);
  const usual = Math.max(minLength, Math.min(most, 24));
  return fc.oneof(
    { weight: 5, arbitrary: fc.string({ minLength, maxLength: usual }) },
    { weight: 2, arbitrary: fc.string({ minLength, maxLength: usual, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(minLength), 'x'.repeat(most)) },
  );
}

function integers({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): fc.Arbitrary<number> {
  const min = Math.ceil(minimum ?? (exclusiveMinimum === undefined ? Number.MIN_SAFE_INTEGER : exclusiveMinimum + 1));
  const max = Math.floor(maximum ?? (exclusiveMaximum === undefined ? Number.MAX_SAFE_INTEGER : exclusiveMaximum - 1));
  const near = Math.min(max, min + 1_000);
  const usual = [1, 60_000, 1_700_000_000_000].filter((value) => value >= min && value <= max);
  return fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min: Math.max(min, -1_000), max: Math.max(near, Math.max(min, -1_000)) }),
    fc.constantFrom(min, max, ...usual),
  );
}

function numbers({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): fc.Arbitrary<number> {
  const min = minimum ?? exclusiveMinimum ?? -Number.MAX_VALUE;
  const max = maximum ?? exclusiveMaximum ?? Number.MAX_VALUE;
  const inside = (value: number): boolean =>
    value >= min && value <= max && value !== exclusiveMinimum && value !== exclusiveMaximum;
  const ends = [min, max, 0, 1, 0.5, 100, Number.MIN_VALUE, 1e308].filter(inside);
  const any = fc.double({ min, max, noNaN: true, noDefaultInfinity: true }).filter(inside);
  return fc.oneof(any, fc.constantFrom(...ends));
}
