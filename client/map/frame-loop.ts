/**
 * Says why a picture is needed and how often. Without a reason nothing is drawn, but asked again so often; undefined:
 * nothing until somebody asks or wakes.
 */
export type WantedPictures = { readonly reason: string | undefined; readonly perSecond: number } | undefined;

export interface FrameLoopOptions {
  /** Asked after each picture and each `wake`. */
  readonly wanted: () => WantedPictures;
  readonly draw: (reason: string) => void;
}

/**
 * Owns the only requestAnimationFrame of the map. A picture has a reason or is not drawn: something moves, a ring
 * runs, the world changed. Between two pictures that nobody could tell apart the loop waits.
 */
export class FrameLoop {
  readonly #options: FrameLoopOptions;
  #animationFrame: number | undefined;
  #timeout: ReturnType<typeof setTimeout> | undefined;
  #askedFor: string | undefined;
  #pictureAt = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor(options: FrameLoopOptions) {
    this.#options = options;
  }

  /** A picture at the next animation frame, for this reason. */
  ask(reason: string): void {
    this.#askedFor ??= reason;
    this.#atNextFrame();
  }

  /** Something changed that may need pictures: `wanted` is asked. */
  wake(): void {
    if (this.#animationFrame === undefined && this.#timeout === undefined) this.#plan();
  }

  dispose(): void {
    this.#isOver = true;
    if (this.#animationFrame !== undefined) cancelAnimationFrame(this.#animationFrame);
    clearTimeout(this.#timeout);
  }

  #atNextFrame(): void {
    if (this.#isOver || this.#animationFrame !== undefined) return;
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
    this.#animationFrame = requestAnimationFrame((now) => {
      this.#animationFrame = undefined;
      this.#picture(now);
    });
  }

  #picture(now: number): void {
    const reason = this.#askedFor ?? this.#options.wanted()?.reason;
    this.#askedFor = undefined;
    this.#pictureAt = now;
    if (reason !== undefined) this.#options.draw(reason);
    this.#plan();
  }

  #plan(): void {
    if (this.#isOver) return;
    const wanted = this.#options.wanted();
    if (wanted === undefined) return;
    const wait = this.#pictureAt + 1000 / wanted.perSecond - performance.now();
    // Within one frame of a 60 Hz screen a timeout would come too late.
    if (wait < 17) this.#atNextFrame();
    else
      this.#timeout = setTimeout(() => {
        this.#timeout = undefined;
        this.#atNextFrame();
      }, wait - 8);
  }
}
