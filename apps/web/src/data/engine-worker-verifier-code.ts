import { loadStrategy } from '@wickworks/jail';
import { codeLoader } from './engine-worker-strategy.js';
import { verifyPage } from './engine-worker-verify-page.js';

/** The script of a page whose strategy is written in code: the jail comes along, in one file with everything else. */
void verifyPage(codeLoader(() => Promise.resolve(loadStrategy)));
