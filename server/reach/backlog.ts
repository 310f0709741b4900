/** Of so many lists what is left is kept; what was asked for longest ago goes first. */
const MOST_LISTS = 8;

/**
 * Works through lists of things one after the other, half of the time at most, so that who asks meanwhile is answered. The list that
 * was asked for last comes first, and what is left of the others after it; the same list again (by its name) does not make it
 * begin anew.
 */
export class Backlog<T> {
  readonly #work: (item: T) => Promise<'goOn' | 'leaveOff'>;
  readonly #onError: (error: unknown) => void;
  /** What is left of each list, in the order in which they were asked for. */
  readonly #lists = new Map<string, T[]>();
  /** The list of what is being worked on. */
  #current: string | undefined;
  #working: Promise<void> | undefined;

  constructor(work: (item: T) => Promise<'goOn' | 'leaveOff'>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  begin(name: string, items: readonly T[]): void {
    const left = this.#lists.get(name) ?? (this.#current === name ? [] : [...items]);
    if (left.length === 0) return;
    this.#lists.delete(name);
    this.#lists.set(name, left);
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= MOST_LISTS) break;
      this.#lists.delete(oldest);
    }
    this.#working ??= this.#run().finally(() => {
      this.#working = undefined;
    });
  }

  /** Leaves what waits, and resolves when what is being worked on is done. */
  async stop(): Promise<void> {
    this.#lists.clear();
    await this.#working;
  }

  #next(): T | undefined {
    const [name, left] = [...this.#lists].at(-1) ?? [];
    this.#current = name;
    if (name === undefined || left === undefined) return undefined;
    const item = left.shift();
    if (left.length === 0) this.#lists.delete(name);
    return item;
  }

  async #run(): Promise<void> {
    try {
      for (let item = this.#next(); item !== undefined; item = this.#next()) {
        const began = performance.now();
        if ((await this.#work(item)) === 'leaveOff') return;
        await new Promise((resume) => setTimeout(resume, Math.min(500, performance.now() - began)));
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#current = undefined;
    }
  }
}
