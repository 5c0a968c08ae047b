/** A name to sign in with, as it is stored: lower case, 2 to 64 characters; an e-mail address is one. `null`: not one. */
export function normalUsername(text: string): string | null {
  const name = text.trim().normalize('NFKC').toLowerCase();
  return /^[a-z0-9][a-z0-9._@+-]{1,63}$/.test(name) ? name : null;
}
