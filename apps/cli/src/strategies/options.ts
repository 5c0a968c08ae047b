import type { Command } from 'commander';
import { withServerOption } from '../server-access.js';

/** The options of commands that work on saved strategies, whether a server runs or not. */
export const withShelfOptions = (command: Command): Command =>
  withServerOption(command, 'the store of these settings').option(
    '--user <name>',
    'whose strategies of the store; default: those of the first account',
  );

/** The options of commands that only a running server can do. */
export const onServer = (command: Command): Command => withServerOption(command, 'the server of these settings');
