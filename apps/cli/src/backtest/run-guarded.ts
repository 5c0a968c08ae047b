import { err, ok, type Result } from '@wickworks/core';
import { failed, type CommandFailure } from '../failure.js';

/** What `work` gives; a strategy in code that throws, hangs or eats all memory ends as a failure of the command. */
export function runGuarded<T>(work: () => T): Result<T, CommandFailure> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Error && error.name === 'GuestFault')
      return err(failed(`the strategy was stopped: ${error.message}`));
    throw error;
  }
}
