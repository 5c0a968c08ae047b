import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-strength.js';
import { Passwords } from './passwords.js';
import { Turns } from './turns.js';

describe('Passwords', () => {
  it('recognises the password it hashed, with argon2id', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    expect(await passwords.verify(hash, 'correct horsE')).toBe(false);
  });

  it('works as hard for an account that does not exist, and never matches', async () => {
    const passwords = new Passwords();
    expect(await passwords.verify(null, '')).toBe(false);
    expect(await passwords.verify(null, 'anything')).toBe(false);
  });
});

describe('passwordFault', () => {
  it.each(['short', 'password1234', 'qwertyuiop123', 'ada.lovelace1', 'Wickworks2026', 'aaaaaaaaaaaaaaa'])(
    'refuses %s',
    async (password) => {
      expect(await passwordFault(password, ['ada.lovelace'])).toMatch(/^(use|choose) /);
    },
  );

  it.each(['tidal-oboe-ferment-quill', 'x8#kQv!2mZp7', 'ünïcødé frøm thé førêst'])('takes %s', async (password) => {
    expect(await passwordFault(password, [])).toBeNull();
  });

  it('refuses what would take long to look at', async () => {
    expect(await passwordFault('ab1-'.repeat(65), [])).toContain('at most');
  });
});

describe('Turns', () => {
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
    const all = Array.from({ length: 6 }, () => turns.take(work));
    expect(await all[5]).toBeNull();
    for (let ended = 0; ended < 5; ended++) {
      while (open.length === 0) await new Promise((resolve) => setImmediate(resolve));
      open.shift()?.();
    }
    expect(await Promise.all(all.slice(0, 5))).toEqual(Array.from({ length: 5 }, () => 'done'));
    expect(most).toBe(2);
    expect(await turns.take(() => Promise.resolve(1))).toBe(1);
  });
});
