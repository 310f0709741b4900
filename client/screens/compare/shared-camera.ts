import { fitCamera, type Bounds, type Camera } from '../../map/camera.ts';

/** One camera for two maps: whichever a hand has moved last leads, and the other is led. */
export class SharedCamera {
  #leader: number | undefined;
  #camera: Camera | undefined;

  /** A hand has taken the map of this side. */
  take(side: number): void {
    this.#leader = side;
    this.#camera = undefined;
  }

  /** A side's map shows this, from edge to edge, in so many pixels; true if the other has to follow. */
  moved(side: number, view: Bounds, size: { readonly width: number; readonly height: number }): boolean {
    if (side !== this.#leader) return false;
    const { width, height } = size;
    const picture = { width, height, left: 0, top: 0, screenWidth: width, screenHeight: height };
    this.#camera = fitCamera(view, picture, { left: 0, right: 0, top: 0, bottom: 0 }, 0);
    return true;
  }

  /** Where a side is led; undefined for the one that leads, and as long as nobody does. */
  ledFor(side: number): Camera | undefined {
    return side === this.#leader ? undefined : this.#camera;
  }
}
