import type { RoadClass } from '@maplewall/shared/domain/city.ts';
import { seededRandom } from '../seeded-random.ts';
import { at, between, distance, distanceToLine, type Point } from './plane.ts';
import { PlanarGraph, type Face } from './planar-graph.ts';
import { fromKm, GREAT_ROADS } from './proportions.ts';
import { areaOf, contains, perimeterOf, pointInside } from './ring.ts';
import { beside, smoothLine, spaced } from './smooth-line.ts';
import { splitCells } from './split-cells.ts';
import { streetField } from './street-field.ts';
import { type Terrain } from './terrain.ts';
import { ZONE_KINDS, type ZoneKind } from './proportions.ts';
import type { Zones } from './zones.ts';

/** One line of the plan: a road of some class, or an edge of land or hill that is no road. */
export interface PlanLine {
  readonly role: 'edge' | 'road';
  readonly roadClass: RoadClass;
  readonly name: string;
}

/** What an area between lines is: built on or tilled, a hill, a canal between its banks. */
export type CellUse = 'ground' | 'hill' | 'canal';
export interface PlanFace extends Face {
  readonly use: CellUse;
  readonly ring: readonly Point[];
  readonly area: number;
  readonly inside: Point;
  readonly zone: ZoneKind;
}

/** All streets of the city as one plan without gaps. */
export interface StreetPlan {
  readonly graph: PlanarGraph;
  readonly lines: readonly PlanLine[];
  readonly faces: readonly PlanFace[];
  readonly interchanges: ReadonlySet<number>;
}

const SNAP = 7;

/** Lays the great roads by the coarse proportions, then divides what lies between by streets and lanes. */
export function planStreets(terrain: Terrain, zones: Zones, seed: number): StreetPlan {
  const graph = new PlanarGraph(SNAP);
  const lines: PlanLine[] = [];
  const addLine = (role: PlanLine['role'], roadClass: RoadClass, name: string): number =>
    lines.push({ role, roadClass, name }) - 1;

  const shore = [...terrain.land, at(terrain.land, 0)];
  graph.draw(shore, addLine('edge', 'path', ''));
  const great = GREAT_ROADS.map((road) => ({ ...road, points: smoothLine(fromKm(road.line), 60) }));
  for (const { name, roadClass, points } of great) graph.draw(points, addLine('road', roadClass, name));
  for (const { foot } of terrain.hills) graph.draw([...foot, at(foot, 0)], addLine('edge', 'path', ''));
  for (const part of waterfrontRoads(terrain))
    graph.draw(part.points, addLine('road', part.roadClass, part.name));
  for (const canal of terrain.canals)
    for (const side of [1, -1])
      graph.draw(
        beside(canal.middle, () => side * (canal.width / 2 + 10)),
        addLine('road', 'lane', ''),
      );

  const interchanges = new Set<number>();
  for (const { roadClass, interchanges: places } of great) {
    if (roadClass !== 'motorway') continue;
    for (const place of fromKm(places ?? [])) {
      let best = -1;
      let nearest = Number.POSITIVE_INFINITY;
      for (const [vertex, point] of graph.points.entries()) {
        const classes = graph.edgesAt(vertex).map((edge) => at(lines, at(graph.edges, edge).line).roadClass);
        if (
          !classes.includes('motorway') ||
          !classes.some((other) => other === 'arterial' || other === 'street')
        )
          continue;
        const away = distance(point, place);
        if (away < nearest) {
          nearest = away;
          best = vertex;
        }
      }
      if (best >= 0) interchanges.add(best);
    }
  }

  const field = streetField(
    [
      { line: shore, weight: 0.25 },
      ...great.map(({ points, roadClass }) => ({ line: points, weight: roadClass === 'motorway' ? 0.5 : 1 })),
      ...terrain.canals.map(({ middle }) => ({ line: middle, weight: 0.5 })),
    ],
    (point) =>
      ({ oldTown: 0.1, town: 0.1, newTown: 0, industry: 0, village: 0.4, fields: 0.22, newLand: 0 })[
        zones.kindAt(point)
      ],
    seed,
  );
  const random = seededRandom(seed, 'streets/split');
  const isStreet = (edge: number): boolean => {
    const line = at(lines, at(graph.edges, edge).line);
    return line.role === 'road' && line.roadClass !== 'motorway';
  };
  const cells = classified(graph, terrain, zones).filter(({ use }) => use === 'ground');
  splitCells(
    cells.map(({ corners }) => corners),
    {
      graph,
      field,
      random,
      kindAt: (point) => zones.kindAt(point),
      isStreet,
      newStreet: (kind, area) => addLine('road', classOf(kind, area), ''),
    },
  );
  return { graph, lines, faces: classified(graph, terrain, zones), interchanges };
}

function classOf(kind: ZoneKind, area: number): RoadClass {
  const blocks = area / (ZONE_KINDS[kind].hectares * 10_000);
  if (kind === 'fields' || kind === 'village') return area > 1_500_000 ? 'street' : 'lane';
  return blocks > 7 || area > 400_000 ? 'street' : 'lane';
}

function classified(graph: PlanarGraph, terrain: Terrain, zones: Zones): PlanFace[] {
  const faces: PlanFace[] = [];
  for (const face of graph.faces(() => true)) {
    const ring = face.corners.map((corner) => at(graph.points, corner));
    const inside = pointInside(ring);
    if (!contains(terrain.land, inside)) continue;
    const area = areaOf(ring);
    const thickness = (2 * area) / perimeterOf(ring);
    const inCanal = terrain.canals.some(
      ({ middle, width }) => thickness < width && distanceToLine(inside, middle) < width / 2 + 3,
    );
    const onHill = terrain.hills.some(({ foot }) => contains(foot, inside));
    faces.push({
      ...face,
      use: onHill ? 'hill' : inCanal ? 'canal' : 'ground',
      ring,
      area,
      inside,
      zone: zones.kindAt(inside),
    });
  }
  return faces;
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
  const end = at(smooth, -1);
  const tail = [end, between(end, { x: 8900, y: -3000 }, 1)];
  return [
    { name: '沿江路', roadClass: 'street', points: smooth.slice(0, town + 1) },
    { name: '江滨路', roadClass: 'street', points: smooth.slice(town, port + 1) },
    { name: '沿江东路', roadClass: 'street', points: smooth.slice(port, sea + 1) },
    { name: '滨海路', roadClass: 'street', points: [...smooth.slice(sea), ...tail.slice(1)] },
  ];
}
