import { expect, it } from 'vitest';
import { newPassword } from './new-password.js';

it('is long, readable, and another one each time', () => {
  const made = Array.from({ length: 200 }, newPassword);
  for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
  expect(new Set(made).size).toBe(made.length);
  // Every letter is in use: 4000 drawn from 31.
  expect(new Set(made.join('').replaceAll('-', '')).size).toBe(31);
});
