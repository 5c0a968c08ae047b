const MEMORY_MS = 100;
const FRICTION_PER_MS = 0.0045;
const SPEED_MIN_PX_PER_MS = 0.02;
const SPEED_START_PX_PER_MS = 0.15;

/** Remembers the last moments of a drag and lets the picture coast on after it, slowing down exponentially. */
export class Kinetic {
  #times: number[] = [];
  #positions: number[] = [];
  #speed = 0;
  #lastMs = 0;

  get coasting(): boolean {
    return this.#speed !== 0;
  }

  start(): void {
    this.#times = [];
    this.#positions = [];
    this.#speed = 0;
  }

  /** Notes where the pointer is, in pixels. */
  track(timeMs: number, position: number): void {
    this.#times.push(timeMs);
    this.#positions.push(position);
    while (this.#times[0]! < timeMs - MEMORY_MS) {
      this.#times.shift();
      this.#positions.shift();
    }
  }

  /** The pointer was let go at `timeMs`: true when the picture coasts on. */
  release(timeMs: number): boolean {
    const first = this.#times[0];
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || last - first < 10 || timeMs - last > MEMORY_MS) return false;
    const speed = (this.#positions.at(-1)! - this.#positions[0]!) / (last - first);
    if (Math.abs(speed) < SPEED_START_PX_PER_MS) return false;
    this.#speed = speed;
    this.#lastMs = timeMs;
    return true;
  }

  /** Pixels to move until `timeMs`; zero at the end. */
  step(timeMs: number): number {
    const elapsed = Math.max(0, timeMs - this.#lastMs);
    this.#lastMs = timeMs;
    const moved = (this.#speed * (1 - Math.exp(-FRICTION_PER_MS * elapsed))) / FRICTION_PER_MS;
    this.#speed *= Math.exp(-FRICTION_PER_MS * elapsed);
    if (Math.abs(this.#speed) < SPEED_MIN_PX_PER_MS) this.#speed = 0;
    return moved;
  }

  stop(): void {
    this.#speed = 0;
  }
}
