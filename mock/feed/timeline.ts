/** From `real` on the demo's clock shows `shown` and runs `speed` times as fast. Milliseconds since 1970. */
export interface TimelinePiece {
  readonly real: number;
  readonly shown: number;
  readonly speed: number;
}

/**
 * The demo's clock against the real one. Before the first piece both are the same. At a speed above 1 a whole evening
 * passes in minutes: what happens at a moment of the demo's clock is told with the real time at which that moment is
 * reached, so nothing ever lies in the future.
 *
 *   demo  ─────────┬──────────────────────────────►   speed 1 until real(0), then 4
 *                  │＼  ＼   ＼   ＼
 *   real  ─────────┴──┴───┴────┴──►
 */
export class Timeline {
  readonly #pieces: readonly TimelinePiece[];

  constructor(pieces: readonly TimelinePiece[]) {
    this.#pieces = pieces;
  }

  get pieces(): readonly TimelinePiece[] {
    return this.#pieces;
  }

  /** The same clock, running at another speed from now on. */
  atSpeed(speed: number, now: number): Timeline {
    if ((this.#pieces.at(-1)?.speed ?? 1) === speed) return this;
    return new Timeline([...this.#pieces, { real: now, shown: this.toShown(now), speed }]);
  }

  toShown(real: number): number {
    const piece = this.#pieces.findLast((each) => each.real <= real);
    return piece === undefined ? real : piece.shown + (real - piece.real) * piece.speed;
  }

  toReal(shown: number): number {
    const piece = this.#pieces.findLast((each) => each.shown <= shown);
    return piece === undefined ? shown : piece.real + Math.floor((shown - piece.shown) / piece.speed);
  }

  /** Until when both clocks show the same. */
  get realUntil(): number {
    return this.#pieces[0]?.real ?? Infinity;
  }
}
