import { loadRules } from './engine-worker-strategy.js';
import { verifyPage } from './engine-worker-verify-page.js';

/** The script of a page whose strategy is one of rules. */
void verifyPage(loadRules);
