import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts `name` of the folder `fanout` as a process of its own. */
export const startChild = (name: string): ChildProcess =>
  fork(fileURLToPath(new URL(`fanout/${name}.ts`, import.meta.url)), [], { execArgv: ['--import', 'tsx'] });

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
