import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';

describe('a gate', () => {
  it('lets so many run at once, the others in their order, also behind one that fails', async () => {
    const gate = new Gate(2);
    const started: number[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const runs = [0, 1, 2, 3].map((number) =>
      gate.run(() => {
        started.push(number);
        return new Promise<number>((resolve, reject) =>
          ends.push((failed) => (failed ? reject(new Error('planted')) : resolve(number))),
        );
      }),
    );
    const outcome = Promise.allSettled(runs);
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(started).toEqual([0, 1]);
    ends[1]?.(true);
    await settle();
    expect(started).toEqual([0, 1, 2]);
    const late = gate.run(() => Promise.resolve(started.push(4)));
    ends[0]?.(false);
    ends[2]?.(false);
    await settle();
    ends[3]?.(false);
    await late;
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect((await outcome).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
