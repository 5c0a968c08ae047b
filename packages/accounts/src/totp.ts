import { createHmac, randomBytes } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Clocks may differ by a step either way. */
const DRIFT_STEPS = 1;
const SECRET_BYTES = 20;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new shared secret, base32 (RFC 4648) as authenticator apps want it. */
export const newTotpSecret = (): string => toBase32(randomBytes(SECRET_BYTES));

/** The address that authenticator apps read from a QR code. */
export const totpUri = (secret: string, username: string): string =>
  `otpauth://totp/Wickworks:${encodeURIComponent(username)}?secret=${secret}&issuer=Wickworks`;

/** The code of a moment (RFC 6238 with SHA-1, 30 s, six digits: what every app understands). */
export function totpCode(secret: string, nowMs: number): string {
  return codeOfStep(secret, stepOf(nowMs));
}

/**
 * The time step whose code `code` is, when that is one of those around `nowMs` and later than `lastStep`, the newest
 * step already used; else `null`. A code is good once.
 */
export function totpStepOf(
  code: string,
  { secret, nowMs, lastStep }: { secret: string; nowMs: number; lastStep: number | null },
): number | null {
  const current = stepOf(nowMs);
  for (let step = current - DRIFT_STEPS; step <= current + DRIFT_STEPS; step++)
    if (step > (lastStep ?? -1) && codeOfStep(secret, step) === code) return step;
  return null;
}

const stepOf = (nowMs: number): number => Math.floor(nowMs / 1_000 / STEP_SECONDS);

function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET.charAt(parseInt(five.padEnd(5, '0'), 2))).join('');
}

function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)));
}
