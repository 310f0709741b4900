import { ROAD_CLASSES } from '../domain/road-class.ts';
import { componentsOf } from './components.ts';
import { localPlane, planeX, planeY, type LocalPlane } from './local-plane.ts';
import { joinRoads, type JoinFaults, type Road, type RoadsAtFault } from './street-joints.ts';

/**
 * Streets as nodes and edges, in metres of a flat map. The edges of node n are `firstEdge[n]` up to, not including,
 * `firstEdge[n + 1]`; each edge is there in both directions.
 */
export interface StreetGraph {
  readonly plane: LocalPlane;
  readonly nodeX: Float64Array;
  readonly nodeY: Float64Array;
  readonly firstEdge: Uint32Array;
  readonly edgeTo: Uint32Array;
  readonly edgeMetres: Float64Array;
  /** Index in ROAD_CLASSES. */
  readonly edgeClass: Uint8Array;
  /** Which connected part a node belongs to; 0 is the largest. */
  readonly component: Uint32Array;
  readonly faults: StreetFaults;
}

/** What of a pack's roads was mended or could not be, for whoever keeps the pack. */
export interface StreetFaults extends JoinFaults {
  /** Connected parts; more than one means that there are places without a way between them. */
  readonly components: number;
  /** Nodes outside the largest part. */
  readonly strayNodes: number;
}

/** A graph that was made of roads, and which of them were at fault. */
export interface RoadGraph extends StreetGraph {
  readonly roadsAtFault: RoadsAtFault;
}

/** Makes the graph of a pack's roads; `centre` is where the flat map touches the ground. */
export function buildStreetGraph(
  roads: Iterable<Road>,
  centre: { readonly lng: number; readonly lat: number },
): RoadGraph {
  const plane = localPlane(centre);
  const joined = joinRoads(
    roads,
    (lng) => planeX(plane, lng),
    (lat) => planeY(plane, lat),
  );
  return {
    ...graphOf(plane, joined.nodeX, joined.nodeY, joined.edges, joined.faults, joined.classes),
    roadsAtFault: joined.atFault,
  };
}

const LANE = ROAD_CLASSES.indexOf('lane');

/** The graph of nodes and of edges between them, given as pairs of nodes; lanes where no classes are named. */
export function graphOf(
  plane: LocalPlane,
  nodeX: readonly number[],
  nodeY: readonly number[],
  edges: readonly (readonly [number, number])[],
  faults: JoinFaults,
  classes: Uint8Array = new Uint8Array(edges.length).fill(LANE),
): StreetGraph {
  const count = nodeX.length;
  const firstEdge = new Uint32Array(count + 1);
  for (const [a, b] of edges) {
    firstEdge[a + 1] = (firstEdge[a + 1] ?? 0) + 1;
    firstEdge[b + 1] = (firstEdge[b + 1] ?? 0) + 1;
  }
  for (let node = 0; node < count; node++)
    firstEdge[node + 1] = (firstEdge[node + 1] ?? 0) + (firstEdge[node] ?? 0);
  const edgeTo = new Uint32Array(edges.length * 2);
  const edgeMetres = new Float64Array(edges.length * 2);
  const next = firstEdge.slice();
  const edgeClass = new Uint8Array(edges.length * 2);
  const put = (from: number, to: number, roadClass: number): void => {
    const edge = next[from] ?? 0;
    next[from] = edge + 1;
    edgeTo[edge] = to;
    edgeClass[edge] = roadClass;
    edgeMetres[edge] = Math.hypot(
      (nodeX[to] ?? 0) - (nodeX[from] ?? 0),
      (nodeY[to] ?? 0) - (nodeY[from] ?? 0),
    );
  };
  for (const [index, [a, b]] of edges.entries()) {
    put(a, b, classes[index] ?? LANE);
    put(b, a, classes[index] ?? LANE);
  }
  const { component, sizes } = componentsOf(count, edges);
  return {
    plane,
    nodeX: Float64Array.from(nodeX),
    nodeY: Float64Array.from(nodeY),
    firstEdge,
    edgeTo,
    edgeMetres,
    edgeClass,
    component,
    faults: { ...faults, components: sizes.length, strayNodes: count - (sizes[0] ?? 0) },
  };
}
