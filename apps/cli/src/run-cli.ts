import { Command, CommanderError } from 'commander';
import { registerCommands } from './commands/index.js';
import { err } from '@wickworks/core';
import type { CommandResult, World } from './context.js';
import { failed } from './failure.js';
import { printable } from './text.js';

/** Where the CLI writes what is not a command's result. */
export interface Terminal {
  err(text: string): void;
}

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/**
 * Runs one command line (`argv` without node and script) and resolves with the exit code: 0 done, 1 failed,
 * 2 wrong usage. With `--json` standard output carries exactly one JSON value, also for a failure.
 */
export async function runCli(argv: readonly string[], world: World, terminal: Terminal): Promise<number> {
  const asJson = argv.includes('--json');
  let code: number = EXIT.done;
  const tell = (result: CommandResult): void => {
    if (!result.ok) {
      const { kind, message, details } = result.error;
      code = kind === 'usage' ? EXIT.usage : EXIT.failed;
      terminal.err(`error: ${message.split('\n').map(printable).join('\n')}\n`);
      if (asJson) world.out(`${JSON.stringify({ error: { kind, message, ...details } })}\n`);
      return;
    }
    const { json, text, sound = true } = result.value;
    if (asJson) world.out(`${JSON.stringify(json)}\n`);
    else if (text !== '') world.out(`${text}\n`);
    if (!sound) code = EXIT.failed;
  };

  const program = new Command('wick')
    .description('Wickworks on the command line')
    .version(asJson ? JSON.stringify({ version: world.version }) : world.version)
    .exitOverride()
    .showHelpAfterError('(add --help for what is accepted)')
    .configureOutput({ writeOut: (text) => world.out(text), writeErr: (text) => terminal.err(text) });
  registerCommands(program, world, async (work) => tell(await work));
  for (const command of leaves(program)) command.option('--json', 'print the result as one JSON value');
  try {
    await program.parseAsync(isUnknown(program, argv) ? withoutHelp(argv) : argv, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      // A fault of ours, or a disk that fails where nobody expected it: the reader of JSON is told like everybody else.
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      tell(err(failed(message === '' ? 'unexpected failure' : message)));
      if (!(error instanceof Error && 'syscall' in error)) terminal.err(`${stack}\n`);
      return code;
    }
    if (error.exitCode === 0) return EXIT.done;
    const message = error.message.replace(/^error: /, '');
    if (asJson) world.out(`${JSON.stringify({ error: { kind: 'usage', message } })}\n`);
    return EXIT.usage;
  }
}

const isHelp = (argument: string): boolean => argument === '--help' || argument === '-h';
const withoutHelp = (argv: readonly string[]): string[] => argv.filter((argument) => !isHelp(argument));

/** Whether no command is called that: asked for its help, Commander would print that of the group, as if all were well. */
function isUnknown(program: Command, argv: readonly string[]): boolean {
  let group = program;
  for (const word of argv.filter((argument) => !argument.startsWith('-'))) {
    if (group.commands.length === 0 || word === 'help') return false;
    const found = group.commands.find((command) => command.name() === word);
    if (!found) return true;
    group = found;
  }
  return false;
}

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
