import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { seededRandom } from '../seeded-random.ts';
import { greatRoads, interchangesOf, settleEnds } from './great-roads.ts';
import { at, between, distanceToLine, footOn, type Point } from './plane.ts';
import { BANK, classifiedFaces, type PlanFace, type PlanLine, type StreetPlan } from './plan-faces.ts';
import { PlanarGraph } from './planar-graph.ts';
import { contains, distanceToRing } from './ring.ts';
import { layBridges, layFieldTracks, layHillPaths, layStairs } from './small-ways.ts';
import { beside, smoothLine, spaced } from './smooth-line.ts';
import { splitCells } from './split-cells.ts';
import { streetField } from './street-field.ts';
import type { Canal, Terrain } from './terrain.ts';
import { ZONE_KINDS, type ZoneKind } from './zone-plans.ts';
import type { Zones } from './zones.ts';

const SNAP = 7;
const UNREST: Readonly<Record<ZoneKind, number>> = {
  oldTown: 0.1,
  town: 0.1,
  newTown: 0,
  industry: 0,
  village: 0.4,
  fields: 0.22,
  newLand: 0,
};

/** Lays the great roads by the coarse proportions, then divides what lies between by streets and lanes. */
export function planStreets(terrain: Terrain, zones: Zones, seed: number): StreetPlan {
  const graph = new PlanarGraph(SNAP);
  const lines: PlanLine[] = [];
  const addLine = (role: PlanLine['role'], roadClass: RoadClass, name: string): number =>
    lines.push({ role, roadClass, name }) - 1;
  const lineOf = (edge: number): PlanLine => at(lines, at(graph.edges, edge).line);
  const isStreet = (edge: number): boolean =>
    lineOf(edge).role === 'road' && lineOf(edge).roadClass !== 'motorway';
  const isLand = (point: Point): boolean => contains(terrain.land, point);

  const shore = [...terrain.land, at(terrain.land, 0)];
  graph.draw(shore, addLine('edge', 'path', ''));
  const great = greatRoads();
  for (const { name, roadClass, points } of great) graph.draw(points, addLine('road', roadClass, name));
  for (const { foot } of terrain.hills) graph.draw([...foot, at(foot, 0)], addLine('edge', 'path', ''));
  for (const part of waterfrontRoads(terrain))
    graph.draw(part.points, addLine('road', part.roadClass, part.name));
  settleEnds(graph, isLand, () => 450, isStreet);
  const banks = terrain.canals.map(({ middle, width }) =>
    [1, -1].map((side) => {
      const line = addLine('road', 'lane', '');
      graph.draw(
        beside(middle, () => side * (width / 2 + BANK)),
        line,
      );
      return line;
    }),
  );
  for (const [edge, { a, b, line }] of graph.edges.entries())
    if (graph.has(edge) && banks.some((pair) => pair.includes(line)))
      if (!isLand(between(at(graph.points, a), at(graph.points, b), 0.5))) graph.remove(edge);
  settleEnds(
    graph,
    isLand,
    () => 0,
    () => false,
  );
  const canals = terrain.canals
    .map((canal, index) => settledCanal(terrain, graph, canal, at(banks, index)))
    .filter(({ middle }) => middle.length > 2);
  for (const canal of canals)
    layBridges(
      terrain,
      graph,
      canal,
      canal.width / 2 + BANK,
      (point) => isTown(zones.kindAt(point)),
      addLine,
    );
  layStairs(terrain, graph, addLine);

  const field = streetField(
    [
      { line: shore, weight: 0.25 },
      ...great.map(({ points, roadClass }) => ({ line: points, weight: roadClass === 'motorway' ? 0.5 : 1 })),
      ...canals.map(({ middle }) => ({ line: middle, weight: 0.5 })),
    ],
    (point) => UNREST[zones.kindAt(point)],
    seed,
  );
  const classify = (): PlanFace[] => classifiedFaces(graph, lines, terrain, canals, zones);
  splitCells(
    classify()
      .filter(({ use }) => use === 'ground')
      .map(({ corners }) => corners),
    {
      graph,
      field,
      random: seededRandom(seed, 'streets/split'),
      kindAt: (point) => zones.kindAt(point),
      isStreet,
      newStreet: (kind, area) => addLine('road', classOf(kind, area), ''),
    },
  );
  layFieldTracks(classify(), graph, isStreet, addLine, seed);
  layHillPaths(terrain, graph, addLine, seed);
  return { graph, lines, faces: classify(), canals, interchanges: interchangesOf(great) };
}

const isTown = (kind: ZoneKind): boolean => kind !== 'fields' && kind !== 'village' && kind !== 'newLand';

function classOf(kind: ZoneKind, area: number): RoadClass {
  const blocks = area / (ZONE_KINDS[kind].hectares * 10_000);
  if (kind === 'fields' || kind === 'village') return area > 1_500_000 ? 'street' : 'lane';
  return blocks > 7 || area > 400_000 ? 'street' : 'lane';
}

/** The canal as far as both lanes beside it reach; its ends in a river stay. Nothing is left without banks. */
function settledCanal(terrain: Terrain, graph: PlanarGraph, canal: Canal, banks: readonly number[]): Canal {
  const middle = canal.middle.filter(
    (point) => contains(terrain.land, point) || distanceToRing(point, terrain.land) < 45,
  );
  let first = 0;
  let last = middle.length - 1;
  for (const bank of banks) {
    const places: number[] = [];
    for (const [edge, { a, b, line }] of graph.edges.entries())
      if (line === bank && graph.has(edge))
        for (const vertex of [a, b]) places.push(nearestIndex(middle, at(graph.points, vertex)));
    first = Math.max(first, Math.min(...places));
    last = Math.min(last, Math.max(...places));
  }
  if (!contains(terrain.land, at(canal.middle, 0))) first = 0;
  if (!contains(terrain.land, at(canal.middle, -1))) last = middle.length - 1;
  return { ...canal, middle: middle.slice(first, Math.max(first, last + 1)) };
}

function nearestIndex(line: readonly Point[], point: Point): number {
  let best = 0;
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < line.length; index += 1) {
    const { share, away } = footOn(point, at(line, index - 1), at(line, index));
    if (away >= nearest) continue;
    nearest = away;
    best = share > 0.5 ? index : index - 1;
  }
  return best;
}

/** The road behind the dyke: along the river through the town, then along the coast. */
function waterfrontRoads(
  terrain: Terrain,
): readonly { name: string; roadClass: RoadClass; points: readonly Point[] }[] {
  const even = spaced(terrain.waterfront, 40);
  const inland = beside(even, () => -75).filter((point) => distanceToLine(point, even) > 66);
  const smooth = smoothLine(
    inland.filter((_, index) => index % 4 === 0 || index === inland.length - 1),
    50,
  );
  const firstWhere = (test: (point: Point) => boolean): number => smooth.findIndex(test);
  const town = firstWhere(({ x }) => x > -2600);
  const port = firstWhere(({ x }) => x > -150);
  const sea = firstWhere(({ x }) => x > 3300);
  return [
    { name: '沿江路', roadClass: 'street', points: smooth.slice(0, town + 1) },
    { name: '江滨路', roadClass: 'street', points: smooth.slice(town, port + 1) },
    { name: '沿江东路', roadClass: 'street', points: smooth.slice(port, sea + 1) },
    { name: '滨海路', roadClass: 'street', points: smooth.slice(sea) },
  ];
}
