import { CredentialPermissions, type CredentialView, type CredentialWarning } from '@wickworks/contracts';
import type { Result } from '@wickworks/core';
import type { ExchangeCredentialRow } from '@wickworks/db';
import type { ExchangeFailure, KeyPermissions } from '@wickworks/exchange';
import * as z from 'zod';

/** What is stored of an exchange's answer: what the keys may do, or that it does not take them. */
const Stored = z.union([z.object({ isRefused: z.literal(true) }), CredentialPermissions]);

const MESSAGES: Readonly<Record<CredentialWarning['code'], string>> = {
  'can-withdraw': 'these keys can withdraw money; make others at the exchange that cannot, and remove these',
  'withdraw-unknown': 'the exchange does not say whether these keys can withdraw; look there yourself',
  'no-ip-restriction': 'these keys work from everywhere; bind them to the address of this server at the exchange',
  'cannot-trade': 'these keys cannot trade',
  refused: 'the exchange does not take these keys; check that they were copied whole, and where they may be used from',
  'not-checked': 'the exchange has not said yet what these keys may do; ask again',
};

const word = (has: boolean | null): 'yes' | 'no' | 'unknown' => (has === null ? 'unknown' : has ? 'yes' : 'no');

/** An exchange's answer as it is stored; `null` when it says nothing about the keys (it is not reached, it is busy). */
export function permissionsText(answer: Result<KeyPermissions, ExchangeFailure>, nowMs: number): string | null {
  if (!answer.ok) return answer.error.kind === 'authentication' ? JSON.stringify({ isRefused: true }) : null;
  const { canRead, canTrade, canWithdraw, isIpRestricted } = answer.value;
  return JSON.stringify({
    canRead: word(canRead),
    canTrade: word(canTrade),
    canWithdraw: word(canWithdraw),
    isIpRestricted: word(isIpRestricted),
    checkedMs: nowMs,
  } satisfies CredentialPermissions);
}

/** Keys as they may be shown, with what speaks against them. */
export function credentialView(row: ExchangeCredentialRow): CredentialView {
  const { id, exchange, label, hint, createdMs, updatedMs, version } = row;
  const stored = row.permissions === null ? null : Stored.parse(JSON.parse(row.permissions));
  const permissions = stored === null || 'isRefused' in stored ? null : stored;
  const codes =
    stored === null ? (['not-checked'] as const) : 'isRefused' in stored ? (['refused'] as const) : against(stored);
  const warnings = codes.map((code) => ({ code, message: MESSAGES[code] }));
  return { id, exchange, label, hint, createdMs, updatedMs, version, permissions, warnings };
}

function against({ canTrade, canWithdraw, isIpRestricted }: CredentialPermissions): CredentialWarning['code'][] {
  const codes: CredentialWarning['code'][] = [];
  if (canWithdraw === 'yes') codes.push('can-withdraw');
  if (canWithdraw === 'unknown') codes.push('withdraw-unknown');
  if (isIpRestricted === 'no') codes.push('no-ip-restriction');
  if (canTrade === 'no') codes.push('cannot-trade');
  return codes;
}
