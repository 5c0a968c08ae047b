import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts `name` of the folder `fanout` as a process of its own. */
export const startChild = (name: string): ChildProcess =>
  fork(fileURLToPath(new URL(`fanout/${name}.ts`, import.meta.url)), [], { execArgv: ['--import', 'tsx'] });

/** What the script `file` of this folder tells first of one contestant, in a process of its own. */
export function tellOf<T>(file: string, args: readonly string[]): Promise<T> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message: T) => resolve(message));
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
}

/** The next message of `kind` from `child`; rejects when it ends before. */
export function nextMessage<M extends { kind: string }, K extends M['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<M, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const take = (message: unknown) => {
      const told = message as M; // our own child, our own protocol
      if (told.kind !== kind) return;
      child.off('message', take);
      child.off('exit', gone);
      resolve(told as Extract<M, { kind: K }>);
    };
    const gone = (code: number | null) => reject(new Error(`a bench process ended with ${code}`));
    child.on('message', take);
    child.on('exit', gone);
  });
}
