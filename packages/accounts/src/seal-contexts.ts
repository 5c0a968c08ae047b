/** What a sealed secret is bound to: of which kind it is, and whose. */
export const SEAL_KINDS = ['totp', 'signing-key', 'exchange-credential'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];

/** The context a secret is sealed with; it opens under the same one only. */
export const sealContext = (kind: SealKind, id: string): string => `${kind}:${id}`;
