/**
 * Works through things one after the other, half of the time at most, so that who asks meanwhile is answered. A new list takes
 * the place of what is left of the one before; the same list again (by its name) does not make it begin anew.
 */
export class Backlog<T> {
  readonly #work: (item: T) => Promise<'goOn' | 'leaveOff'>;
  readonly #onError: (error: unknown) => void;
  readonly #waiting: T[] = [];
  #name = '';
  #working: Promise<void> | undefined;

  constructor(work: (item: T) => Promise<'goOn' | 'leaveOff'>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  begin(name: string, items: readonly T[]): void {
    if (this.#working !== undefined && this.#name === name) return;
    this.#name = name;
    this.#waiting.splice(0, this.#waiting.length, ...items);
    this.#working ??= this.#run().finally(() => {
      this.#working = undefined;
    });
  }

  /** Leaves what waits, and resolves when what is being worked on is done. */
  async stop(): Promise<void> {
    this.#waiting.length = 0;
    await this.#working;
  }

  async #run(): Promise<void> {
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      const began = performance.now();
      try {
        if ((await this.#work(item)) === 'leaveOff') return;
      } catch (error) {
        this.#onError(error);
        return;
      }
      await new Promise((resume) => setTimeout(resume, Math.min(500, performance.now() - began)));
    }
  }
}
