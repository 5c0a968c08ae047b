import { randomBytes } from 'node:crypto';
import { tokenHash } from './tokens.js';

const CODES = 10;
/** Without letters that are mistaken for others. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 16;

/** Ten codes, each good once in place of an authenticator's, with what is stored of them. 79 bits each. */
export function newRecoveryCodes(): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: CODES }, newCode);
  return { codes, hashes: codes.map(recoveryHash) };
}

/** What is stored of a code, however it was typed. */
export const recoveryHash = (code: string): string => tokenHash(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

function newCode(): string {
  let code = '';
  while (code.length < LENGTH)
    for (const byte of randomBytes(LENGTH)) {
      // Bytes beyond the last whole multiple would favour the first letters.
      if (byte < 256 - (256 % LETTERS.length) && code.length < LENGTH) code += LETTERS.charAt(byte % LETTERS.length);
    }
  return (code.match(/.{4}/g) ?? []).join('-');
}
