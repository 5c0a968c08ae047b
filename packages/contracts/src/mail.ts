import * as z from 'zod';
import { Password, Username } from './auth.js';
import { TimeMs } from './candles.js';
import { MailAddress } from './settings.js';

const Token = z.string().min(1).max(128);

/** Body of `POST /auth/password/forgot`: name of the account, or its confirmed mail address. */
export const PasswordForgotten = z.strictObject({ account: z.union([Username, MailAddress]) });

/** Body of `POST /auth/password/reset`; the token came by mail and is good once, for half an hour. */
export const PasswordReset = z.strictObject({ token: Token, newPassword: Password });

/** `GET /auth/mail-address`: where mail of the account goes. */
export const MailAddressView = z.object({
  /** Confirmed; `null`: none. */
  address: MailAddress.nullable(),
  /** Waits for its owner to follow the link that was sent to it. */
  pending: z.object({ address: MailAddress, expiresMs: TimeMs }).nullable(),
  /** Whether this server can send mail at all. */
  canMail: z.boolean(),
});
export type MailAddressView = z.infer<typeof MailAddressView>;

/** Body of `PUT /auth/mail-address`. */
export const MailAddressRequest = z.strictObject({ address: MailAddress, password: Password });
export const MailAddressProof = z.strictObject({ token: Token });
