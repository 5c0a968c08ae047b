/** Whether the candle store takes writes right now; told by those who write. */
export class StoreHealth {
  #fault: string | null = null;
  #failures = 0;

  /** What the last write failed of, or `null` when it succeeded. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Failed writes since the start. */
  get failures(): number {
    return this.#failures;
  }

  succeeded(): void {
    this.#fault = null;
  }

  failed(error: unknown): void {
    this.#failures++;
    this.#fault = error instanceof Error ? error.message : String(error);
  }
}
