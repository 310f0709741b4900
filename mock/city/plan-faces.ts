import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { facesOf, ringOf, type Face } from './faces.ts';
import type { Interchange } from './great-roads.ts';
import { at, distanceToLine, type Point } from './plane.ts';
import type { PlanarGraph } from './planar-graph.ts';
import { areaOf, contains, perimeterOf, pointInside } from './ring.ts';
import type { Canal, Terrain } from './terrain.ts';
import type { ZoneKind } from './zone-plans.ts';
import type { Zones } from './zones.ts';

/** One line of the plan: a road of some class, or an edge of land or hill that is no road. */
export interface PlanLine {
  readonly role: 'edge' | 'road';
  readonly roadClass: RoadClass;
  readonly name: string;
}

/** What an area between lines is: built on or tilled, a hill, a canal between its banks, green before a dyke. */
export type CellUse = 'ground' | 'hill' | 'canal' | 'bank';
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
  readonly canals: readonly Canal[];
  readonly interchanges: readonly Interchange[];
}

/** Between a canal's water and the lane on its bank, in metres. */
export const BANK = 10;

/** Finds the areas between the plan's lines on land, and what each is. */
export function classifiedFaces(
  graph: PlanarGraph,
  lines: readonly PlanLine[],
  terrain: Terrain,
  canals: readonly Canal[],
  zones: Zones,
): PlanFace[] {
  const faces: PlanFace[] = [];
  for (const face of facesOf(graph)) {
    const ring = ringOf(graph, face);
    const inside = pointInside(ring);
    if (!contains(terrain.land, inside)) continue;
    const area = areaOf(ring);
    const thickness = (2 * area) / perimeterOf(ring);
    const inCanal = canals.some(
      ({ middle, width }) =>
        thickness < width + 2 * BANK + 2 && distanceToLine(inside, middle) < width / 2 + 3,
    );
    const onHill = terrain.hills.some(({ foot }) => contains(foot, inside));
    const edged = face.edges.some((edge) => at(lines, at(graph.edges, edge).line).role === 'edge');
    faces.push({
      ...face,
      use: onHill ? 'hill' : inCanal ? 'canal' : edged && thickness < 95 ? 'bank' : 'ground',
      ring,
      area,
      inside,
      zone: zones.kindAt(inside),
    });
  }
  return faces;
}
