import type { Timer } from './timer.ts';

/** A timer that stands still until a test moves it. */
export class ManualTimer implements Timer {
  #now = 0;
  readonly #beats = new Set<{ readonly milliseconds: number; readonly beat: () => void; dueAt: number }>();

  now(): number {
    return this.#now;
  }

  every(milliseconds: number, beat: () => void): () => void {
    const entry = { milliseconds, beat, dueAt: this.#now + milliseconds };
    this.#beats.add(entry);
    return () => this.#beats.delete(entry);
  }

  /** Lets time pass, beat by beat, and lets what waits for promises go on in between. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#beats].toSorted((a, b) => a.dueAt - b.dueAt)[0];
      if (next === undefined || next.dueAt > until) break;
      this.#now = next.dueAt;
      next.dueAt += next.milliseconds;
      next.beat();
      await settle();
    }
    this.#now = until;
    await settle();
  }
}

/** Lets promises that are ready, and streams of inflated bytes, come to their end. */
export const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
