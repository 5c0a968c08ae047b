export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 256;
/** "Safely unguessable" by zxcvbn's estimate: more than 10^8 guesses. */
const SCORE_MIN = 3;
/** The estimate's time grows with the square of the length, and longer passwords gain nothing. */
const ESTIMATED_LENGTH_MAX = 72;

/**
 * What is wrong with a new password, as one sentence for a person; `null` when it is good. Looks at length and at how
 * soon it would be guessed (common and leaked passwords, names, dates, keyboard rows, `known` words), offline; what
 * kinds of characters it holds does not matter (NIST SP 800-63B).
 */
export async function passwordFault(password: string, known: readonly string[]): Promise<string | null> {
  const length = Array.from(password).length;
  if (length < PASSWORD_LENGTH_MIN) return `use at least ${PASSWORD_LENGTH_MIN} characters`;
  if (length > PASSWORD_LENGTH_MAX) return `use at most ${PASSWORD_LENGTH_MAX} characters`;
  const estimate = await (estimator ??= loadEstimator());
  const { score, warning } = estimate(password.slice(0, ESTIMATED_LENGTH_MAX), [...known, 'wickworks']);
  if (score >= SCORE_MIN) return null;
  const reason = warning === '' ? 'it would be guessed soon' : warning.replace(/\.$/, '');
  return `choose a stronger password: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

type Estimate = (password: string, known: string[]) => { score: number; warning: string };
let estimator: Promise<Estimate> | undefined;

/** The word lists take a moment and some memory: loaded for the first password that is chosen. */
async function loadEstimator(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (password, known) => {
    const { score, feedback } = zxcvbn.check(password, known);
    return { score, warning: feedback.warning ?? '' };
  };
}
