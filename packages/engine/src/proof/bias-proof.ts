/** Outcome of one check. */
export interface BiasCheck {
  readonly kind: 'look-ahead' | 'warm-up';
  readonly passed: boolean;
  /** Indicator output or rule at fault. */
  readonly culprit: string | null;
  /** Open time of the candle at fault, or when the order at fault was decided, ms UTC. */
  readonly timeMs: number | null;
  readonly detail: string;
  /** Of several strategies on one account, the one that was looked at. */
  readonly strategyId?: string | undefined;
}

/** Outcome of all checks. */
export interface BiasProof {
  readonly passed: boolean;
  readonly checks: readonly BiasCheck[];
}
