/** A step of so many device pixels is seen as smooth gliding, because marks have soft edges. */
const STEP_PIXELS = 0.3;
const SLOWEST_PER_SECOND = 2;
const FASTEST_PER_SECOND = 60;

/**
 * How often the map has to be drawn so that the fastest responder moves at most a third of a pixel between two
 * pictures. Somebody on foot, seen with the whole city, needs two pictures a second; a replay at 600 times needs all.
 *
 * `metresPerSecond` is on the ground, per second of ours.
 */
export function picturesPerSecond(metresPerSecond: number, metresPerPixel: number): number {
  const wanted = metresPerSecond / Math.max(1e-9, metresPerPixel * STEP_PIXELS);
  return Math.min(FASTEST_PER_SECOND, Math.max(SLOWEST_PER_SECOND, wanted));
}
