/** Tells listeners of changes, at most once per animation frame however many changes there were. */
export class FrameNotifier {
  readonly #listeners = new Set<() => void>();
  #frame: number | undefined;

  /** Returns the unsubscribe. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      for (const listener of [...this.#listeners]) listener();
    });
  }
}
