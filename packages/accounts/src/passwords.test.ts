import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-strength.js';
import { Passwords } from './passwords.js';

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
