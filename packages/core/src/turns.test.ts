import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Turns', () => {
  it('lets so many run at once, the others in their order, also behind one that fails', async () => {
    const turns = new Turns({ atOnce: 2 });
    const started: number[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const runs = [0, 1, 2, 3].map((number) =>
      turns.take(() => {
        started.push(number);
        return new Promise<number>((resolve, reject) =>
          ends.push((failed) => (failed ? reject(new Error('planted')) : resolve(number))),
        );
      }),
    );
    const outcome = Promise.allSettled(runs);
    await settle();
    expect(started).toEqual([0, 1]);
    ends[1]?.(true);
    await settle();
    expect(started).toEqual([0, 1, 2]);
    const late = turns.take(() => Promise.resolve(started.push(4)));
    ends[0]?.(false);
    ends[2]?.(false);
    await settle();
    ends[3]?.(false);
    await late;
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect((await outcome).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  });

  it('runs few at once, keeps a queue, and turns the rest away', async () => {
    const turns = new Turns({ atOnce: 2, waitingMax: 3 });
    let running = 0;
    let most = 0;
    const open: (() => void)[] = [];
    const work = async (): Promise<string> => {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => open.push(resolve));
      running--;
      return 'done';
    };
    const all = Array.from({ length: 6 }, () => turns.takeUnlessCrowded(work));
    expect(await all[5]).toBeNull();
    for (let ended = 0; ended < 5; ended++) {
      while (open.length === 0) await settle();
      open.shift()?.();
    }
    expect(await Promise.all(all.slice(0, 5))).toEqual(Array.from({ length: 5 }, () => 'done'));
    expect(most).toBe(2);
    expect(await turns.takeUnlessCrowded(() => Promise.resolve(1))).toBe(1);
  });
});
