import { at, between, crossing, distance, footOn, type Point } from './plane.ts';

/** A side of the plan: between two vertices, of some kind, part of a line that was drawn as one. */
export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly line: number;
}

const CELL = 120;

/**
 * Lines that meet only at common vertices. A line that is drawn across others is cut where they cross, and
 * cuts them there, so every crossing is a junction and the areas between lines have no gaps.
 */
export class PlanarGraph {
  readonly points: Point[] = [];
  readonly edges: Edge[] = [];
  readonly #around: number[][] = [];
  /** Where an edge that was there is cut now: by its two ends. */
  readonly #cuts = new Map<number, number>();
  readonly #vertexCells = new Map<number, number[]>();
  readonly #edgeCells = new Map<number, number[]>();
  readonly #removed = new Set<number>();
  readonly #snap: number;

  /** @param snap metres within which two points are the same */
  constructor(snap: number) {
    this.#snap = snap;
  }

  edgesAt(vertex: number): readonly number[] {
    return at(this.#around, vertex);
  }

  /** The vertex at the edge's other end. */
  otherEnd(edge: number, vertex: number): number {
    const { a, b } = at(this.edges, edge);
    return a === vertex ? b : a;
  }

  edgeBetween(one: number, two: number): number | undefined {
    return this.edgesAt(one).find((edge) => this.otherEnd(edge, one) === two);
  }

  has(edge: number): boolean {
    return !this.#removed.has(edge);
  }

  /** Takes an edge away; its vertices stay. */
  remove(edge: number): void {
    this.#removed.add(edge);
    for (const vertex of [at(this.edges, edge).a, at(this.edges, edge).b]) {
      const around = at(this.#around, vertex);
      around.splice(around.indexOf(edge), 1);
    }
  }

  /** Draws a line through the plan and returns the vertices that it passes. */
  draw(points: readonly Point[], line: number): number[] {
    const passed: number[] = [];
    for (const point of points) {
      const vertex = this.vertexNear(point);
      const before = passed.at(-1);
      if (before === undefined) passed.push(vertex);
      else if (before !== vertex) for (const via of this.#connect(before, vertex, line, 0)) passed.push(via);
    }
    return passed;
  }

  /** The vertex at a point, made when there is none: by cutting the edge that passes there, or free. */
  vertexNear(point: Point): number {
    let best = -1;
    let nearest = this.#snap;
    for (const vertex of this.#near(this.#vertexCells, point, point)) {
      const away = distance(at(this.points, vertex), point);
      if (away <= nearest) {
        nearest = away;
        best = vertex;
      }
    }
    if (best >= 0) return best;
    let cut = -1;
    nearest = this.#snap;
    for (const edge of this.#near(this.#edgeCells, point, point)) {
      const { a, b } = at(this.edges, edge);
      const { away } = footOn(point, at(this.points, a), at(this.points, b));
      if (away <= nearest) {
        nearest = away;
        cut = edge;
      }
    }
    if (cut < 0) return this.#addVertex(point);
    const { a, b } = at(this.edges, cut);
    const { share } = footOn(point, at(this.points, a), at(this.points, b));
    return this.cutEdge(cut, between(at(this.points, a), at(this.points, b), share));
  }

  /** Puts a vertex on an edge. */
  cutEdge(edge: number, point: Point): number {
    const { a, b, line } = at(this.edges, edge);
    const vertex = this.#addVertex(point);
    this.edges[edge] = { a, b: vertex, line };
    at(this.#around, vertex).push(edge);
    const around = at(this.#around, b);
    around.splice(around.indexOf(edge), 1);
    this.#addEdge(vertex, b, line);
    this.#cuts.set(pairKey(a, b), vertex);
    return vertex;
  }

  /** Joins two vertices by an edge that must cross nothing. */
  join(one: number, two: number, line: number): void {
    if (one !== two && this.edgeBetween(one, two) === undefined) this.#addEdge(one, two, line);
  }

  /** A free vertex; the caller knows that nothing is near. */
  addFree(point: Point): number {
    return this.#addVertex(point);
  }

  /** The ring with the vertices that came onto its sides since it was made. */
  refreshed(ring: readonly number[]): number[] {
    const fresh: number[] = [];
    const walk = (one: number, two: number): void => {
      const vertex = this.edgeBetween(one, two) === undefined ? this.#cuts.get(pairKey(one, two)) : undefined;
      if (vertex === undefined) fresh.push(one);
      else {
        walk(one, vertex);
        walk(vertex, two);
      }
    };
    for (let index = 0; index < ring.length; index += 1)
      walk(at(ring, index), at(ring, (index + 1) % ring.length));
    return fresh;
  }

  /** Goes from one vertex to another by edges, cutting what is crossed; returns the vertices after the first. */
  #connect(one: number, two: number, line: number, depth: number): number[] {
    if (one === two) return [];
    if (this.edgeBetween(one, two) !== undefined) return [two];
    const via = depth > 40 ? undefined : this.#firstObstacle(one, two);
    if (via === undefined) {
      this.#addEdge(one, two, line);
      return [two];
    }
    const head = this.#connect(one, via, line, depth + 1);
    return [...head, ...this.#connect(via, two, line, depth + 1)];
  }

  #firstObstacle(one: number, two: number): number | undefined {
    const from = at(this.points, one);
    const to = at(this.points, two);
    let first = 2;
    let vertex: number | undefined;
    for (const near of this.#near(this.#vertexCells, from, to)) {
      if (near === one || near === two) continue;
      const { share, away } = footOn(at(this.points, near), from, to);
      if (away < this.#snap * 0.5 && share > 0 && share < 1 && share < first) {
        first = share;
        vertex = near;
      }
    }
    let cut: { readonly edge: number; readonly point: Point } | undefined;
    for (const edge of this.#near(this.#edgeCells, from, to)) {
      const { a, b } = at(this.edges, edge);
      if (a === one || a === two || b === one || b === two) continue;
      const hit = crossing(from, to, at(this.points, a), at(this.points, b));
      if (hit === undefined || hit.first >= first) continue;
      first = hit.first;
      const point = between(from, to, hit.first);
      if (distance(point, at(this.points, a)) < this.#snap) {
        vertex = a;
        cut = undefined;
      } else if (distance(point, at(this.points, b)) < this.#snap) {
        vertex = b;
        cut = undefined;
      } else cut = { edge, point };
    }
    return cut === undefined ? vertex : this.cutEdge(cut.edge, cut.point);
  }

  #addVertex(point: Point): number {
    const vertex = this.points.length;
    this.points.push(point);
    this.#around.push([]);
    put(this.#vertexCells, cellKey(Math.floor(point.x / CELL), Math.floor(point.y / CELL)), vertex);
    return vertex;
  }

  #addEdge(a: number, b: number, line: number): void {
    const edge = this.edges.length;
    this.edges.push({ a, b, line });
    at(this.#around, a).push(edge);
    at(this.#around, b).push(edge);
    for (const key of cellsOver(at(this.points, a), at(this.points, b), 0)) put(this.#edgeCells, key, edge);
  }

  #near(cells: ReadonlyMap<number, readonly number[]>, from: Point, to: Point): Set<number> {
    const found = new Set<number>();
    for (const key of cellsOver(from, to, this.#snap))
      for (const item of cells.get(key) ?? []) found.add(item);
    if (cells === this.#edgeCells) for (const edge of this.#removed) found.delete(edge);
    return found;
  }
}

const pairKey = (one: number, two: number): number => Math.min(one, two) * 2 ** 24 + Math.max(one, two);
const cellKey = (column: number, row: number): number => (column + 4096) * 8192 + (row + 4096);

function* cellsOver(from: Point, to: Point, margin: number): Generator<number> {
  const west = Math.floor((Math.min(from.x, to.x) - margin) / CELL);
  const east = Math.floor((Math.max(from.x, to.x) + margin) / CELL);
  const south = Math.floor((Math.min(from.y, to.y) - margin) / CELL);
  const north = Math.floor((Math.max(from.y, to.y) + margin) / CELL);
  for (let column = west; column <= east; column += 1)
    for (let row = south; row <= north; row += 1) yield cellKey(column, row);
}

function put(cells: Map<number, number[]>, key: number, item: number): void {
  const list = cells.get(key);
  if (list === undefined) cells.set(key, [item]);
  else list.push(item);
}
