import { availableParallelism } from 'node:os';
import { Turns } from '@wickworks/core';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 50 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const WAITING_MAX = 100;

/**
 * A hash of nothing anybody knows, made with the same cost: checking a password of an account that does not exist
 * takes as long as one of an account that does.
 */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$R/M/nlglzhJauoP3OvQVjw$p9m3A0QJddEz4eZBX+4mzzCrNMeA5rOWPCqB14Vd6JM';

const loadArgon2 = () => import('@node-rs/argon2');
let loaded: ReturnType<typeof loadArgon2> | undefined;
/** Loaded for the first password, and kept: the loader need not be asked each time. */
const argon2 = (): ReturnType<typeof loadArgon2> => (loaded ??= loadArgon2());

/** Hashes and checks passwords on the thread pool, few at a time: a storm of sign-ins must not starve the rest. */
export class Passwords {
  readonly #turns: Turns;

  constructor(atOnce = Math.max(1, Math.min(2, availableParallelism() - 1))) {
    this.#turns = new Turns({ atOnce, waitingMax: WAITING_MAX });
  }

  /** The argon2id hash of `password` in PHC text; `null` when too many wait already. */
  hash(password: string): Promise<string | null> {
    return this.#turns.takeUnlessCrowded(async () => (await argon2()).hash(password, COST));
  }

  /** Whether `password` made `hash`; as slow with no hash to compare with. `null`: too many wait already. */
  verify(hash: string | null, password: string): Promise<boolean | null> {
    return this.#turns.takeUnlessCrowded(async () => {
      const { verify } = await argon2();
      const matches = await verify(hash ?? NOBODYS_HASH, password);
      return hash !== null && matches;
    });
  }
}
