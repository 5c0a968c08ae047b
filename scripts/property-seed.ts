// Property tests draw the same cases in every run, so that a change is judged by the change alone. To look for more:
// `WICK_TEST_SEED=random npx vitest run` (each property draws its own seed and names it when it fails), which the
// `properties` workflow does every night; or a number, to see a failure again.
import fc from 'fast-check';

const DEFAULT_SEED = 20_240_809;

const asked = process.env['WICK_TEST_SEED'];
if (asked !== 'random') {
  const seed = asked === undefined ? DEFAULT_SEED : Number(asked);
  if (!Number.isSafeInteger(seed)) throw new Error(`WICK_TEST_SEED is "random" or a whole number, not "${asked}"`);
  fc.configureGlobal({ seed });
}
