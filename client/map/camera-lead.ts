import { easedCamera, isSameCamera, type Camera } from './camera.ts';

const EASE_MS = 1_200;

/**
 * Leads the camera of the whole picture: jumps, eases, or follows somebody else's lead, and lets go when a hand takes
 * the map. It has no map; `next` says what is to be shown.
 */
export class CameraLead {
  readonly #now: () => number;
  readonly #eases: boolean;
  #shown: Camera | undefined;
  #move: { readonly from: Camera; readonly to: Camera; readonly beganAt: number } | undefined;
  #wanted: Camera | undefined;

  /** `now` in milliseconds of a steady clock; without `eases` every move is a jump. */
  constructor(now: () => number, eases: boolean) {
    this.#now = now;
    this.#eases = eases;
  }

  /** Whether the next picture will be of another place than the last. */
  isMoving(led: Camera | undefined): boolean {
    if (led === undefined) return this.#move !== undefined;
    return this.#shown === undefined || !isSameCamera(this.#shown, led);
  }

  jumpTo(to: Camera): void {
    this.#move = undefined;
    this.#wanted = to;
  }

  easeTo(to: Camera): void {
    if (!this.#eases || this.#shown === undefined) this.jumpTo(to);
    else this.#move = { from: this.#shown, to, beganAt: this.#now() };
  }

  /** A hand has moved the map to `shown`: nothing is wanted any more. */
  letGo(shown: Camera): void {
    this.#shown = shown;
    this.#move = undefined;
    this.#wanted = undefined;
  }

  /** Whatever was shown is not shown any more: `next` tells it again. */
  forget(): void {
    if (this.#move === undefined) this.#wanted ??= this.#shown;
    this.#shown = undefined;
  }

  /** The camera to be shown now, if it is another than the one shown. `led` is somebody else's lead. */
  next(led: Camera | undefined): Camera | undefined {
    const to = led ?? this.#own();
    if (to === undefined || (this.#shown !== undefined && isSameCamera(this.#shown, to))) return undefined;
    this.#shown = to;
    return to;
  }

  #own(): Camera | undefined {
    if (this.#move === undefined) return this.#wanted;
    const { from, to, beganAt } = this.#move;
    const share = (this.#now() - beganAt) / EASE_MS;
    if (share >= 1) {
      this.#move = undefined;
      this.#wanted = to;
    }
    return easedCamera(from, to, share);
  }
}
