// Without those that are mistaken for each other when read out: 0/o, 1/l/i.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password nobody chose: 4 groups of 5 characters, 99 bits. */
export function newPassword(): string {
  const groups = Array.from({ length: 4 }, () => {
    let group = '';
    while (group.length < 5) {
      const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
      // Bytes beyond the last whole multiple would make the first letters likelier.
      if (byte < 256 - (256 % LETTERS.length)) group += LETTERS.charAt(byte % LETTERS.length);
    }
    return group;
  });
  return groups.join('-');
}
