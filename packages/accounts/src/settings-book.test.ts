import { describe, expect, it } from 'vitest';
import { SettingsBook, type SettingsShelf } from './settings-book.js';

const ACTOR = { actorId: 'a', actorName: 'ada', by: 'session' };

function shelf(stored: string | null = null): SettingsShelf & { changes: unknown[] } {
  let row = stored === null ? null : { chosen: stored, version: 3, updatedMs: 1 };
  const changes: unknown[] = [];
  return {
    changes,
    find: () => Promise.resolve(row),
    change: ({ expected, chosen }, change) => {
      if ((row?.version ?? 0) !== expected) return Promise.resolve(false);
      row = { chosen, version: expected + 1, updatedMs: change.timeMs };
      changes.push(JSON.parse(change.before), JSON.parse(change.after));
      return Promise.resolve(true);
    },
  };
}
const bookOf = (on: SettingsShelf) =>
  new SettingsBook<{ days: number; name: string }>(on, (name, value) =>
    name === 'days' ? typeof value === 'number' : name === 'name' && typeof value === 'string',
  );

describe('SettingsBook', () => {
  it('begins with nothing chosen', async () => {
    expect(await bookOf(shelf()).read('x')).toEqual({ chosen: {}, version: 0, updatedMs: null });
  });

  it('notes what a change changed, and no more; what was before, sent again, undoes it', async () => {
    const on = shelf();
    const book = bookOf(on);
    await book.change({ owner: 'x', expected: 0, patch: { days: 1, name: 'a' } }, ACTOR, 5);
    const second = await book.change({ owner: 'x', expected: 1, patch: { days: 2, name: 'a' } }, ACTOR, 6);
    expect(second).toMatchObject({ value: { before: { days: 1 }, after: { days: 2 }, now: { version: 2 } } });
    await book.change({ owner: 'x', expected: 'any', patch: { days: 1 } }, ACTOR, 7);
    await book.change({ owner: 'x', expected: 3, patch: { days: null, name: null } }, ACTOR, 8);
    expect(await book.read('x')).toEqual({ chosen: {}, version: 4, updatedMs: 8 });
    expect(on.changes.slice(-2)).toEqual([
      { days: 1, name: 'a' },
      { days: null, name: null },
    ]);
  });

  it('makes no version of a change that changes nothing', async () => {
    const on = shelf('{"days":7}');
    expect(await bookOf(on).change({ owner: 'x', expected: 3, patch: { days: 7, name: null } }, ACTOR, 5)).toEqual({
      ok: true,
      value: null,
    });
    expect(on.changes).toEqual([]);
  });

  it('refuses a change of another version than is there', async () => {
    const book = bookOf(shelf('{"days":7}'));
    expect(await book.change({ owner: 'x', expected: 2, patch: { days: 8 } }, ACTOR, 5)).toMatchObject({ ok: false });
  });

  it('takes what does not fit any more as not chosen', async () => {
    expect((await bookOf(shelf('{"days":"seven","gone":1,"name":"a"}')).read('x')).chosen).toEqual({ name: 'a' });
  });
});
