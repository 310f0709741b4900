import type { StreetSearch } from './street-search.ts';

/** Part of a street that can be reached, in metres of the graph's plane. */
export interface ReachedPiece {
  readonly edge: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

type Interval = readonly [from: number, to: number];

/** The streets that the last search reached, cut where the limit ends; each piece once, longest possible. */
export function reachedStreets(search: StreetSearch): readonly ReachedPiece[] {
  const { graph, edgeCost, limit, reached, reachedCount, starts } = search;
  const { firstEdge, edgeTo, nodeX, nodeY } = graph;
  const pieces: ReachedPiece[] = [];
  const startsOn = new Map<number, Interval[]>();
  for (const { at, cost } of starts) {
    const whole = edgeCost[at.edge] ?? Infinity;
    if (whole === Infinity || cost > limit) continue;
    const part = whole === 0 ? 1 : (limit - cost) / whole;
    const intervals = startsOn.get(at.edge) ?? [];
    intervals.push([Math.max(0, at.part - part), Math.min(1, at.part + part)]);
    startsOn.set(at.edge, intervals);
  }
  const add = (edge: number, a: number, b: number, intervals: readonly Interval[]): void => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [nodeX[a], nodeY[a], nodeX[b], nodeY[b]];
    for (const [from, to] of merged(intervals))
      pieces.push({
        edge,
        x1: x1 + (x2 - x1) * from,
        y1: y1 + (y2 - y1) * from,
        x2: x1 + (x2 - x1) * to,
        y2: y1 + (y2 - y1) * to,
      });
  };
  for (let index = 0; index < reachedCount; index++) {
    const node = reached[index] ?? 0;
    for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge++) {
      const to = edgeTo[edge] ?? 0;
      const whole = edgeCost[edge] ?? Infinity;
      if (whole === Infinity) continue;
      const isBothReached = search.costAt(to) !== Infinity;
      // Seen from the lower node if both ends are reached, else from the one that is.
      if (isBothReached && node > to) continue;
      const intervals: Interval[] = [[0, part(limit - search.costAt(node), whole)]];
      if (isBothReached) intervals.push([1 - part(limit - search.costAt(to), whole), 1]);
      for (const [from, until] of startsOn.get(edge) ?? []) intervals.push([from, until]);
      const back = edgeBack(search, to, node);
      for (const [from, until] of startsOn.get(back) ?? []) intervals.push([1 - until, 1 - from]);
      startsOn.delete(edge);
      startsOn.delete(back);
      add(edge, node, to, intervals);
    }
  }
  for (const [edge, intervals] of startsOn) {
    const start = starts.find(({ at }) => at.edge === edge);
    if (start !== undefined) add(edge, start.at.a, start.at.b, intervals);
  }
  return pieces;
}

const part = (left: number, whole: number): number => (whole === 0 ? 1 : Math.min(1, left / whole));

/** The edge that leads from `from` to `to`; there is one, since each is there in both directions. */
function edgeBack({ graph: { firstEdge, edgeTo } }: StreetSearch, from: number, to: number): number {
  const last = firstEdge[from + 1] ?? 0;
  for (let edge = firstEdge[from] ?? 0; edge < last; edge++) if (edgeTo[edge] === to) return edge;
  return -1;
}

function merged(intervals: readonly Interval[]): readonly Interval[] {
  const found: [number, number][] = [];
  for (const [from, to] of intervals.toSorted(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) found.push([from, to]);
  }
  return found;
}
