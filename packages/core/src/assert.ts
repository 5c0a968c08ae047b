/** Thrown for our own bugs only: a broken invariant, never bad input or an outside failure. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws {@link InvariantError} unless `condition` holds; `claim` states what should have been true. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new InvariantError(claim);
}

/** The `default` of an exhaustive switch: a new member of the union stops the build here. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected value: ${JSON.stringify(value)}`);
}
