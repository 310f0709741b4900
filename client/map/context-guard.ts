const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** What stood so long is taken for sound again: the next loss is waited for as shortly as the first. */
const SOUND_AFTER_MS = 60_000;

export interface ContextGuardOptions {
  /** Whose canvases are watched. */
  readonly container: HTMLElement;
  readonly onLost: () => void;
  /** Builds everything anew; what it throws is reported, and it is tried again. */
  readonly rebuild: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** A lost graphics context does not come back as it was: after a while, longer each time, all is built anew. */
export class ContextGuard {
  readonly #options: ContextGuardOptions;
  readonly #onLost: (event: Event) => void;
  #waitMs = FIRST_WAIT_MS;
  #rebuiltAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ContextGuardOptions) {
    this.#options = options;
    this.#onLost = (event) => {
      // The library would restore its own context in part only.
      event.stopPropagation();
      options.onLost();
      this.#later();
    };
    options.container.addEventListener('webglcontextlost', this.#onLost, true);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#options.container.removeEventListener('webglcontextlost', this.#onLost, true);
  }

  #later(): void {
    if (this.#timer !== undefined) return;
    if (performance.now() - this.#rebuiltAt > SOUND_AFTER_MS) this.#waitMs = FIRST_WAIT_MS;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#rebuiltAt = performance.now();
      this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
      try {
        this.#options.rebuild();
      } catch (error) {
        this.#options.onFailure(error);
        this.#later();
      }
    }, this.#waitMs);
  }
}

/** Gives back the graphics contexts of canvases that are not shown any more; a browser keeps sixteen at most. */
export function releaseContexts(canvases: Iterable<HTMLCanvasElement>): void {
  for (const canvas of canvases)
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
}
