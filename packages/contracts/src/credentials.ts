import * as z from 'zod';
import { DisplayName } from './auth.js';
import { TimeMs } from './candles.js';

/** What the exchange says about a right; `unknown`: it does not say. */
const Permission = z.enum(['yes', 'no', 'unknown']);

/** What keys may do, as the exchange itself answered when asked with them. */
export const CredentialPermissions = z.object({
  canRead: Permission,
  canTrade: Permission,
  canWithdraw: Permission,
  /** The exchange takes them from listed addresses only. */
  isIpRestricted: Permission,
  checkedMs: TimeMs,
});
export type CredentialPermissions = z.infer<typeof CredentialPermissions>;

/** Why keys are dangerous or of no use; a page shows each as a warning. */
export const CREDENTIAL_WARNINGS = [
  'can-withdraw',
  'withdraw-unknown',
  'no-ip-restriction',
  'cannot-trade',
  'refused',
  'not-checked',
] as const;
export const CredentialWarning = z.object({ code: z.enum(CREDENTIAL_WARNINGS), message: z.string() });
export type CredentialWarning = z.infer<typeof CredentialWarning>;

/** Keys at an exchange, as far as they are ever shown. */
export const CredentialView = z.object({
  id: z.string(),
  exchange: z.string(),
  label: z.string(),
  hint: z.string(),
  createdMs: TimeMs,
  updatedMs: TimeMs,
  version: z.int(),
  /** `null`: the exchange has not answered yet, or refused the keys. */
  permissions: CredentialPermissions.nullable(),
  /** Empty when all is well. */
  warnings: z.array(CredentialWarning),
});
export type CredentialView = z.infer<typeof CredentialView>;

const ExchangeSecret = z.string().trim().min(1).max(4_096);
export const CredentialRequest = z.strictObject({
  label: DisplayName,
  apiKey: ExchangeSecret,
  secret: ExchangeSecret,
  passphrase: ExchangeSecret.optional(),
});
export type CredentialRequest = z.infer<typeof CredentialRequest>;
