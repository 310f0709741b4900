import { LEAST_LEVEL } from '../domain/road-class.ts';

/** Positions of one level nearer than this are one junction: packs keep about a metre. */
const SNAP_METRES = 1.2;
/** Positions this near are the same one: there roads lead from one level to another. */
const SAME_METRES = 0.01;

/** Two nodes that are one junction for a level, and stay two because of what they are for another. */
export interface Link {
  readonly a: number;
  readonly b: number;
}

/**
 * Nodes by place. A position belongs to the node that has this very position, on whatever level; else to the nearest node of
 * its level within SNAP_METRES; else it becomes a node. A node keeps every position that it was given, not only its own: what
 * comes later and from another level may land on any of them.
 */
export class Junctions {
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly links: Link[] = [];
  /** The levels of the roads that meet at a node, a bit each. */
  readonly #levels: number[] = [];
  readonly #positionX: number[] = [];
  readonly #positionY: number[] = [];
  readonly #nodeOf: number[] = [];
  /** Positions by their cell of SNAP_METRES. */
  readonly #cells = new Map<number, number[]>();

  /** The node at a position; a new one where there is none. */
  at(x: number, y: number, level: number): number {
    const levelBit = 1 << (level - LEAST_LEVEL);
    const column = Math.floor(x / SNAP_METRES);
    const row = Math.floor(y / SNAP_METRES);
    let same: number | undefined;
    let sameMetres = SAME_METRES;
    let near: number | undefined;
    let nearMetres = SNAP_METRES;
    for (let east = -1; east <= 1; east++)
      for (let north = -1; north <= 1; north++)
        for (const position of this.#cells.get(cellKey(column + east, row + north)) ?? []) {
          const node = this.#nodeOf[position] ?? 0;
          const metres = this.#metresTo(this.#positionX[position], this.#positionY[position], x, y);
          if (metres <= sameMetres && (same === undefined || metres < sameMetres)) {
            same = node;
            sameMetres = metres;
          }
          if (((this.#levels[node] ?? 0) & levelBit) === 0) continue;
          // Measured from the node itself, or one would lead to the next and a street of short pieces would be a point.
          const ownMetres = this.#metresTo(this.x[node], this.y[node], x, y);
          if (ownMetres <= nearMetres && (near === undefined || ownMetres < nearMetres)) {
            near = node;
            nearMetres = ownMetres;
          }
        }
    if (same !== undefined) {
      const isNews = ((this.#levels[same] ?? 0) & levelBit) === 0;
      if (isNews && near !== undefined) this.links.push({ a: same, b: near });
      this.#levels[same] = (this.#levels[same] ?? 0) | levelBit;
      return same;
    }
    const node = near ?? this.#newNode(x, y, levelBit);
    this.#keep(x, y, node, cellKey(column, row));
    return node;
  }

  #newNode(x: number, y: number, levelBit: number): number {
    this.x.push(x);
    this.y.push(y);
    this.#levels.push(levelBit);
    return this.x.length - 1;
  }

  #keep(x: number, y: number, node: number, key: number): void {
    const position = this.#nodeOf.length;
    this.#positionX.push(x);
    this.#positionY.push(y);
    this.#nodeOf.push(node);
    const cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, [position]);
    else cell.push(position);
  }

  #metresTo(fromX = 0, fromY = 0, x: number, y: number): number {
    return Math.hypot(fromX - x, fromY - y);
  }
}

const cellKey = (column: number, row: number): number => column * 67_108_864 + row;
