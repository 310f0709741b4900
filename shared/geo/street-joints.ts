import { ROAD_CLASSES, type RoadClass } from '../domain/road-class.ts';
import { Junctions, type Link } from './junctions.ts';
import { nearestPart, SegmentGrid } from './segment-grid.ts';

/** A road as the pack draws it: positions of longitude and latitude. */
export interface Road {
  readonly class: RoadClass;
  readonly line: readonly (readonly number[])[];
  /** Above the ground or, less than 0, below it; 0 if it is left out. */
  readonly level?: number | undefined;
}

export interface JoinFaults {
  /** Positions that are no numbers. */
  readonly brokenPositions: number;
  /** Roads of which less than two different positions are left. */
  readonly emptyRoads: number;
  /** Streets that cross on one level without a common position, joined where they cross. */
  readonly crossingsJoined: number;
  /** Crossings without a common position of a motorway, or of roads on two levels: bridges and tunnels, left apart. */
  readonly bridges: number;
  /** Ends that stop just short of another street, joined to it. */
  readonly endsJoined: number;
  /** Pieces of road that lie on another piece from end to end, left out. */
  readonly repeatedPieces: number;
  /** Roads that cross themselves without a common position; where they do is among the crossings joined, or the bridges. */
  readonly selfCrossingRoads: number;
}

/** The first few roads of a fault, by their place among all, for whoever keeps the pack to look at. */
export interface RoadsAtFault {
  readonly empty: readonly number[];
  readonly repeated: readonly number[];
  readonly selfCrossing: readonly number[];
}

/** More tell nobody more: the next ones come when these are mended. */
export const MOST_ROADS_AT_FAULT = 20;

/** An end this near to another street was meant to touch it. */
const END_METRES = 4;
const CELL_METRES = 60;

interface Segment {
  readonly a: number;
  readonly b: number;
  /** Index in ROAD_CLASSES. */
  readonly roadClass: number;
  readonly level: number;
  /** The line that it is a piece of, by its place in the file. */
  readonly road: number;
  /** Nodes on the way from `a` to `b`, with their part of it. */
  readonly stops: [part: number, node: number][];
}

export interface JoinedRoads {
  readonly nodeX: number[];
  readonly nodeY: number[];
  readonly edges: (readonly [number, number])[];
  /** Of each edge, as index in ROAD_CLASSES. */
  readonly classes: Uint8Array;
  readonly faults: JoinFaults;
  readonly atFault: RoadsAtFault;
}

const MOTORWAY = ROAD_CLASSES.indexOf('motorway');
const LANE = ROAD_CLASSES.indexOf('lane');
const NO_ROAD = -1;

/**
 * Makes nodes and edges of lines as people draw them: positions that nearly meet become one, streets that cross on one
 * level are joined there, ends that stop short are led on. What crosses a motorway, or a road on another level, without a
 * common position runs over or under it.
 */
export function joinRoads(
  roads: Iterable<Road>,
  toX: (lng: number) => number,
  toY: (lat: number) => number,
): JoinedRoads {
  const nodes = new Junctions();
  const segments: Segment[] = [];
  const faults = {
    brokenPositions: 0,
    emptyRoads: 0,
    crossingsJoined: 0,
    bridges: 0,
    endsJoined: 0,
    repeatedPieces: 0,
    selfCrossingRoads: 0,
  };
  const atFault: AtFault = { empty: new Set(), repeated: new Set(), selfCrossing: new Set() };
  let road = -1;
  for (const { class: className, line, level = 0 } of roads) {
    road += 1;
    const roadClass = ROAD_CLASSES.indexOf(className);
    let before: number | undefined;
    let isEmpty = true;
    for (const [lng = Number.NaN, lat = Number.NaN] of line) {
      if (!Number.isFinite(lng) || !Number.isFinite(lat)) {
        faults.brokenPositions += 1;
        continue;
      }
      const node = nodes.at(toX(lng), toY(lat), level);
      if (before !== undefined && node !== before) {
        segments.push({ a: before, b: node, roadClass, level, road, stops: [] });
        isEmpty = false;
      }
      before = node;
    }
    if (!isEmpty) continue;
    faults.emptyRoads += 1;
    atFault.empty.add(road);
  }
  const grid = new SegmentGrid(CELL_METRES);
  for (const [index, { a, b }] of segments.entries())
    grid.add(index, nodes.x[a] ?? 0, nodes.y[a] ?? 0, nodes.x[b] ?? 0, nodes.y[b] ?? 0);
  joinCrossings(segments, nodes, grid, faults, atFault);
  joinEnds(segments, nodes, grid, faults);
  const { edges, classes } = edgesOf(segments, nodes.links, faults, atFault);
  faults.selfCrossingRoads = atFault.selfCrossing.size;
  const few = (of: ReadonlySet<number>): readonly number[] =>
    [...of].toSorted((a, b) => a - b).slice(0, MOST_ROADS_AT_FAULT);
  return {
    nodeX: nodes.x,
    nodeY: nodes.y,
    edges,
    classes,
    faults,
    atFault: {
      empty: few(atFault.empty),
      repeated: few(atFault.repeated),
      selfCrossing: few(atFault.selfCrossing),
    },
  };
}

type Counts = { -readonly [K in keyof JoinFaults]: JoinFaults[K] };
type AtFault = Readonly<Record<keyof RoadsAtFault, Set<number>>>;

function joinCrossings(
  segments: readonly Segment[],
  nodes: Junctions,
  grid: SegmentGrid,
  faults: Counts,
  { selfCrossing }: AtFault,
): void {
  const { x, y } = nodes;
  for (const [index, one] of segments.entries()) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [x[one.a], y[one.a], x[one.b], y[one.b]];
    const seen = new Set<number>();
    grid.inBox(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2), (found) => {
      const other = segments[found];
      if (other === undefined || found <= index || seen.has(found)) return;
      seen.add(found);
      if (one.a === other.a || one.a === other.b || one.b === other.a || one.b === other.b) return;
      const [x3 = 0, y3 = 0, x4 = 0, y4 = 0] = [x[other.a], y[other.a], x[other.b], y[other.b]];
      const across = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3);
      if (across === 0) return;
      const part = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / across;
      const otherPart = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / across;
      if (part < 0 || part > 1 || otherPart < 0 || otherPart > 1) return;
      if (one.road === other.road) selfCrossing.add(one.road);
      if (one.roadClass === MOTORWAY || other.roadClass === MOTORWAY || one.level !== other.level) {
        faults.bridges += 1;
        return;
      }
      faults.crossingsJoined += 1;
      const node = nodes.at(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, one.level);
      one.stops.push([part, node]);
      other.stops.push([otherPart, node]);
    });
  }
}

function joinEnds(segments: Segment[], nodes: Junctions, grid: SegmentGrid, faults: Counts): void {
  const { x, y } = nodes;
  const degrees = new Map<number, number>();
  const touch = (node: number): void => void degrees.set(node, (degrees.get(node) ?? 0) + 1);
  for (const { a, b, stops } of segments) {
    touch(a);
    touch(b);
    for (const [, node] of stops) touch(node);
  }
  const ends = segments
    .filter(({ roadClass }) => roadClass !== MOTORWAY)
    .flatMap(({ a, b, level }) => [
      { end: a, level },
      { end: b, level },
    ]);
  for (const { end, level } of ends) {
    if (degrees.get(end) !== 1) continue;
    const [endX = 0, endY = 0] = [x[end], y[end]];
    let best: { segment: Segment; part: number; metres: number } | undefined;
    grid.inBox(endX - END_METRES, endY - END_METRES, endX + END_METRES, endY + END_METRES, (found) => {
      const segment = segments[found];
      if (segment === undefined || segment.roadClass === MOTORWAY || segment.level !== level) return;
      if (segment.a === end || segment.b === end) return;
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [x[segment.a], y[segment.a], x[segment.b], y[segment.b]];
      const part = nearestPart(endX, endY, x1, y1, x2, y2);
      const metres = Math.hypot(x1 + (x2 - x1) * part - endX, y1 + (y2 - y1) * part - endY);
      if (metres <= END_METRES && metres < (best?.metres ?? Infinity)) best = { segment, part, metres };
    });
    if (best === undefined) continue;
    const { segment, part } = best;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [x[segment.a], y[segment.a], x[segment.b], y[segment.b]];
    const joint = nodes.at(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, level);
    segment.stops.push([part, joint]);
    if (joint !== end) segments.push({ ...segment, a: end, b: joint, stops: [] });
    touch(end);
    faults.endsJoined += 1;
  }
}

/** Of pieces that lie on one another the first counts: two roads of a file are often the same one. */
function edgesOf(
  segments: readonly Segment[],
  links: readonly Link[],
  faults: Counts,
  { repeated }: AtFault,
): { readonly edges: (readonly [number, number])[]; readonly classes: Uint8Array } {
  const edges: (readonly [number, number])[] = [];
  const classes: number[] = [];
  const known = new Set<number>();
  const keyOf = (a: number, b: number): number => Math.min(a, b) * 4_294_967_296 + Math.max(a, b);
  const add = (a: number, b: number, { roadClass, road }: Pick<Segment, 'roadClass' | 'road'>): void => {
    const key = keyOf(a, b);
    if (known.has(key)) {
      faults.repeatedPieces += 1;
      repeated.add(road);
      return;
    }
    known.add(key);
    edges.push([a, b]);
    classes.push(roadClass);
  };
  for (const segment of segments) {
    const { a, b, stops } = segment;
    let before = a;
    for (const [, node] of stops.toSorted(([one], [other]) => one - other)) {
      if (node === before) continue;
      add(before, node, segment);
      before = node;
    }
    if (before !== b) add(before, b, segment);
  }
  // Of a metre or so, for everybody; often there is a street between them anyway.
  for (const { a, b } of links) if (!known.has(keyOf(a, b))) add(a, b, { roadClass: LANE, road: NO_ROAD });
  return { edges, classes: Uint8Array.from(classes) };
}
