import { distance, type Point } from './street-net.ts';

/** A way with its length, to be walked along. */
export class Polyline {
  readonly #points: readonly Point[];
  readonly #upTo: readonly number[];

  constructor(points: readonly Point[]) {
    this.#points = points;
    const upTo = [0];
    for (let index = 1; index < points.length; index += 1) {
      const [a, b] = [points[index - 1], points[index]];
      upTo.push((upTo.at(-1) ?? 0) + (a === undefined || b === undefined ? 0 : distance(a, b)));
    }
    this.#upTo = upTo;
  }

  get metres(): number {
    return this.#upTo.at(-1) ?? 0;
  }

  /** The point so many metres along; the ends beyond the ends. */
  at(metres: number): Point {
    let low = 0;
    let high = this.#points.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) <= metres) low = middle;
      else high = middle;
    }
    const [a, b] = [this.#points[low], this.#points[high]];
    if (a === undefined || b === undefined) throw new Error('a way without points');
    const [from, to] = [this.#upTo[low] ?? 0, this.#upTo[high] ?? 0];
    const share = to > from ? Math.min(1, Math.max(0, (metres - from) / (to - from))) : 0;
    return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
  }
}
