import { nearestPart, SegmentGrid } from './segment-grid.ts';
import type { StreetGraph } from './street-graph.ts';

/** A point on a street: `part` of the way from node `a` to node `b` along the edge `edge`, which leads from a to b. */
export interface OnStreet {
  readonly edge: number;
  readonly a: number;
  readonly b: number;
  readonly part: number;
  readonly x: number;
  readonly y: number;
  readonly edgeMetres: number;
  /** How far the point asked for lies from the street. */
  readonly offMetres: number;
}

const CELL_METRES = 120;
/** The first look: most people are on a street, and few streets lie in so small a box. */
const NEAR_METRES = 30;
/** Beyond this all streets are looked at, once. */
const FAR_METRES = 2_000;
/** Half of the way round the earth. */
const ANYWHERE_METRES = 20_000_000;

/** Finds the street nearest to a point, among those that somebody may use. */
export class NearestStreet {
  readonly #graph: StreetGraph;
  readonly #grid = new SegmentGrid(CELL_METRES);
  readonly #edgeFrom: Uint32Array;
  readonly #reachMetres: number;

  /** @param mayUse whether an edge counts; all do if it is left out */
  constructor(graph: StreetGraph, mayUse: (edge: number) => boolean = () => true) {
    this.#graph = graph;
    this.#edgeFrom = new Uint32Array(graph.edgeTo.length);
    const { nodeX, nodeY, firstEdge, edgeTo } = graph;
    let reach = 0;
    for (let node = 0; node < nodeX.length; node++) {
      reach = Math.max(reach, Math.abs(nodeX[node] ?? 0), Math.abs(nodeY[node] ?? 0));
      for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge++) {
        this.#edgeFrom[edge] = node;
        const to = edgeTo[edge] ?? 0;
        if (node < to && mayUse(edge))
          this.#grid.add(edge, nodeX[node] ?? 0, nodeY[node] ?? 0, nodeX[to] ?? 0, nodeY[to] ?? 0);
      }
    }
    this.#reachMetres = reach;
  }

  /** The nearest street however far it is; undefined when there is none at all. */
  anywhere(x: number, y: number): OnStreet | undefined {
    const farthest = Math.min(ANYWHERE_METRES, this.#reachMetres + Math.abs(x) + Math.abs(y) + 1);
    for (let reach = NEAR_METRES; reach < Math.min(farthest, FAR_METRES); reach *= 4) {
      const found = this.within(x, y, reach);
      if (found !== undefined) return found;
    }
    return this.within(x, y, farthest);
  }

  /**
   * The nearest street within `reach` metres.
   * @param isMeant whether a connected part counts; all do if it is left out
   */
  within(
    x: number,
    y: number,
    reach: number,
    isMeant?: (component: number) => boolean,
  ): OnStreet | undefined {
    const { nodeX, nodeY, edgeTo, edgeMetres } = this.#graph;
    let nearest = -1;
    let least = Infinity;
    let nearestAt = 0;
    this.#grid.inBox(x - reach, y - reach, x + reach, y + reach, (edge) => {
      const a = this.#edgeFrom[edge] ?? 0;
      const b = edgeTo[edge] ?? 0;
      if (isMeant !== undefined && !isMeant(this.#graph.component[a] ?? 0)) return;
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [nodeX[a], nodeY[a], nodeX[b], nodeY[b]];
      const part = nearestPart(x, y, x1, y1, x2, y2);
      const offMetres = Math.hypot(x1 + (x2 - x1) * part - x, y1 + (y2 - y1) * part - y);
      if (offMetres > reach || offMetres >= least) return;
      least = offMetres;
      nearest = edge;
      nearestAt = part;
    });
    if (nearest < 0) return undefined;
    const a = this.#edgeFrom[nearest] ?? 0;
    const b = edgeTo[nearest] ?? 0;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [nodeX[a], nodeY[a], nodeX[b], nodeY[b]];
    return {
      edge: nearest,
      a,
      b,
      part: nearestAt,
      x: x1 + (x2 - x1) * nearestAt,
      y: y1 + (y2 - y1) * nearestAt,
      edgeMetres: edgeMetres[nearest] ?? 0,
      offMetres: least,
    };
  }
}
