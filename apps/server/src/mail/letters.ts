import type { Mail } from './mailer.js';

type Letter = Omit<Mail, 'to'>;

const letter = (subject: string, ...paragraphs: readonly string[]): Letter => ({
  subject: `Wickworks: ${subject}`,
  text: `${paragraphs.join('\n\n')}\n`,
});

/** To whoever forgot the password of `username`. */
export const resetLetter = (username: string, link: string): Letter =>
  letter(
    'set a new password',
    `Somebody, you we hope, asked for a new password of the account "${username}".`,
    `Within 30 minutes this link sets one, once:\n${link}`,
    'If it was not you, leave it be: nothing has changed. Your second factor stays as it is.',
  );

/** To an address that somebody says is theirs. */
export const confirmLetter = (username: string, link: string): Letter =>
  letter(
    'is this your address?',
    `The account "${username}" wants its mail sent here.`,
    `Within 30 minutes this link confirms it:\n${link}`,
    'If you know nothing of it, leave it be.',
  );

/** About something that was done to an account: what, and from where. */
export const noticeLetter = (
  what: string,
  { username, when, address }: { username: string; when: Date; address: string },
): Letter =>
  letter(
    what,
    `Account "${username}": ${what}, on ${when.toISOString()}${address === '' ? '' : `, from ${address}`}.`,
    'If it was not you, set a new password, end all other sessions, and look at the audit log.',
  );
