/** A point in metres east and north of the city's centre. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface RoadFeature {
  readonly properties: { readonly class: string; readonly name: string };
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

const METRES_PER_DEGREE = 111_195;

/** A flat map round the city's centre: good to 0.1 % within twenty kilometres. */
export class FlatMap {
  readonly #lng: number;
  readonly #lat: number;
  readonly #shrink: number;

  constructor(centre: { readonly lng: number; readonly lat: number }) {
    this.#lng = centre.lng;
    this.#lat = centre.lat;
    this.#shrink = Math.cos((centre.lat * Math.PI) / 180);
  }

  toPoint(lng: number, lat: number): Point {
    return {
      x: (lng - this.#lng) * METRES_PER_DEGREE * this.#shrink,
      y: (lat - this.#lat) * METRES_PER_DEGREE,
    };
  }

  toLngLat({ x, y }: Point): readonly [number, number] {
    return [this.#lng + x / (METRES_PER_DEGREE * this.#shrink), this.#lat + y / METRES_PER_DEGREE];
  }
}

interface Edge {
  readonly to: number;
  readonly metres: number;
}

/** Streets as a graph: every vertex of a road is a node, roads that share a vertex meet there. */
export class StreetNet {
  readonly nodes: Point[] = [];
  /** Names of the streets at each node. */
  readonly names: string[][] = [];
  readonly #edges: Edge[][] = [];
  readonly #cells = new Map<string, number[]>();

  constructor(roads: readonly RoadFeature[], map: FlatMap) {
    const known = new Map<string, number>();
    const nodeAt = (lng: number, lat: number): number => {
      const name = `${lng.toFixed(6)},${lat.toFixed(6)}`;
      const found = known.get(name);
      if (found !== undefined) return found;
      const node = this.nodes.length;
      known.set(name, node);
      const point = map.toPoint(lng, lat);
      this.nodes.push(point);
      this.names.push([]);
      this.#edges.push([]);
      const cell = cellName(point);
      const inCell = this.#cells.get(cell);
      if (inCell === undefined) this.#cells.set(cell, [node]);
      else inCell.push(node);
      return node;
    };
    for (const { properties, geometry } of roads) {
      const lines = (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates) as [
        number,
        number,
      ][][];
      for (const line of lines) {
        let before: number | undefined;
        for (const [lng, lat] of line) {
          const node = nodeAt(lng, lat);
          const names = this.names[node];
          if (properties.name !== '' && names !== undefined && !names.includes(properties.name))
            names.push(properties.name);
          if (before !== undefined && before !== node) this.#join(before, node);
          before = node;
        }
      }
    }
  }

  #join(a: number, b: number): void {
    const metres = distance(this.node(a), this.node(b));
    this.#edges[a]?.push({ to: b, metres });
    this.#edges[b]?.push({ to: a, metres });
  }

  node(index: number): Point {
    const point = this.nodes[index];
    if (point === undefined) throw new Error(`there is no node ${index}`);
    return point;
  }

  neighbours(index: number): readonly Edge[] {
    return this.#edges[index] ?? [];
  }

  /** The node nearest to a point; looks in growing squares of 200 m. */
  nearest(point: Point): number {
    for (let reach = 1; reach < 64; reach *= 2) {
      let best = -1;
      let bestMetres = Infinity;
      for (let dx = -reach; dx <= reach; dx += 1)
        for (let dy = -reach; dy <= reach; dy += 1)
          for (const node of this.#cells.get(cellName(point, dx, dy)) ?? []) {
            const metres = distance(point, this.node(node));
            if (metres < bestMetres) [best, bestMetres] = [node, metres];
          }
      if (best !== -1) return best;
    }
    return 0;
  }

  /** The way along the streets (A*), the nodes' points in order; undefined when there is none within `mostNodes` looked at. */
  route(from: number, to: number, mostNodes = 4_000): readonly Point[] | undefined {
    const goal = this.node(to);
    const cost = new Map<number, number>([[from, 0]]);
    const cameFrom = new Map<number, number>();
    const open = new Heap();
    open.push(from, distance(this.node(from), goal));
    const done = new Set<number>();
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === to) {
        const path = [goal];
        for (let back = cameFrom.get(to); back !== undefined; back = cameFrom.get(back))
          path.push(this.node(back));
        return path.toReversed();
      }
      if (done.has(node)) continue;
      done.add(node);
      if (done.size > mostNodes) return undefined;
      const here = cost.get(node) ?? 0;
      for (const { to: next, metres } of this.neighbours(node)) {
        const there = here + metres;
        if (there >= (cost.get(next) ?? Infinity)) continue;
        cost.set(next, there);
        cameFrom.set(next, node);
        open.push(next, there + distance(this.node(next), goal));
      }
    }
    return undefined;
  }
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const CELL_METRES = 200;
const cellName = ({ x, y }: Point, dx = 0, dy = 0): string =>
  `${Math.floor(x / CELL_METRES) + dx},${Math.floor(y / CELL_METRES) + dy}`;

/** A binary heap of nodes by cost. */
class Heap {
  readonly #items: { node: number; cost: number }[] = [];

  push(node: number, cost: number): void {
    const items = this.#items;
    let at = items.length;
    items.push({ node, cost });
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || parent.cost <= cost) break;
      items[at] = parent;
      items[up] = { node, cost };
      at = up;
    }
  }

  pop(): number | undefined {
    const items = this.#items;
    const [top] = items;
    const last = items.pop();
    if (top === undefined || last === undefined) return undefined;
    if (items.length === 0) return top.node;
    let at = 0;
    items[0] = last;
    for (;;) {
      const left = 2 * at + 1;
      const a = items[left];
      const b = items[left + 1];
      const child = b !== undefined && a !== undefined && b.cost < a.cost ? left + 1 : left;
      const lower = items[child];
      if (lower === undefined || lower.cost >= last.cost) return top.node;
      items[at] = lower;
      items[child] = last;
      at = child;
    }
  }
}
