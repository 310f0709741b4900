import type { Point } from './flat-map.ts';

export interface Whereabouts extends Point {
  readonly isMoving: boolean;
}

/**
 * A way through space and time: corners with the moment at which each is passed, straight and even between them. Whoever
 * stands has two corners at one place.
 */
export class Itinerary {
  readonly #at: number[] = [];
  readonly #x: number[] = [];
  readonly #y: number[] = [];

  constructor(at: number, { x, y }: Point) {
    this.#push(at, x, y);
  }

  /** Milliseconds since 1970; where somebody will be later is not known yet. */
  get end(): number {
    return this.#at.at(-1) ?? 0;
  }

  get last(): Point {
    return { x: this.#x.at(-1) ?? 0, y: this.#y.at(-1) ?? 0 };
  }

  standUntil(at: number): void {
    if (at > this.end) this.#push(at, this.#x.at(-1) ?? 0, this.#y.at(-1) ?? 0);
  }

  /** Straight on; arrives at `at`. */
  moveTo(x: number, y: number, at: number): void {
    this.#push(Math.max(at, this.end), x, y);
  }

  /** Forgets what comes after a moment, to go on otherwise from there. */
  cut(at: number): void {
    if (at >= this.end) return;
    const { x, y } = this.whereabouts(at);
    const keep = this.pieceAt(at) + 1;
    this.#at.length = keep;
    this.#x.length = keep;
    this.#y.length = keep;
    this.#push(at, x, y);
  }

  whereabouts(at: number): Whereabouts {
    return this.inPiece(this.pieceAt(at), at);
  }

  /** The same for somebody who knows the piece, from `pieceAt` or one step further. */
  inPiece(piece: number, at: number): Whereabouts {
    const x = this.#x[piece] ?? 0;
    const y = this.#y[piece] ?? 0;
    const from = this.#at[piece] ?? 0;
    const to = this.#at[piece + 1];
    if (to === undefined || to <= from) return { x, y, isMoving: false };
    const share = Math.max(0, Math.min(1, (at - from) / (to - from)));
    const dx = (this.#x[piece + 1] ?? 0) - x;
    const dy = (this.#y[piece + 1] ?? 0) - y;
    return { x: x + dx * share, y: y + dy * share, isMoving: dx !== 0 || dy !== 0 };
  }

  /** When a piece ends; Infinity for the last corner. */
  endOfPiece(piece: number): number {
    return this.#at[piece + 1] ?? Infinity;
  }

  /** The piece in which a moment lies; the first or the last one beyond the ends. */
  pieceAt(at: number): number {
    let low = 0;
    let high = this.#at.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#at[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #push(at: number, x: number, y: number): void {
    this.#at.push(at);
    this.#x.push(x);
    this.#y.push(y);
  }
}
