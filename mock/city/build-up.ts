import { seededRandom } from '../seeded-random.ts';
import { blockOf } from './block-shapes.ts';
import { buildingsOf, houseRowsOf } from './buildings.ts';
import type { Lake } from './lakes.ts';
import type { Place } from './places.ts';
import type { Point } from './plane.ts';
import type { Ring } from './ring.ts';
import { smoothNoise } from './smooth-noise.ts';
import type { StreetPlan } from './plan-faces.ts';
import type { Zones } from './zones.ts';

/**
 * The blocks of the built-up city with their buildings, and the houses along the lanes of the fields. Fields
 * are no blocks, so that the map shows where the town ends; parks and lakes are not built on.
 */
export function buildUp(
  plan: StreetPlan,
  zones: Zones,
  lakes: readonly Lake[],
  places: readonly Place[],
  seed: number,
): {
  readonly blocks: readonly { readonly face: number; readonly ring: Ring }[];
  readonly buildings: readonly Ring[];
} {
  const green = new Set(places.filter(({ kind }) => kind === 'park').map(({ face }) => face));
  const water = new Set(lakes.map(({ face }) => face));
  const patches = smoothNoise(seededRandom(seed, 'buildings/patches'), 240);
  const random = seededRandom(seed, 'buildings');
  const blocks: { readonly face: number; readonly ring: Ring }[] = [];
  const buildings: Ring[] = [];
  const villageCrowd = (point: Point): number => Math.min(1, 0.25 + 1.1 * zones.villageAt(point));
  const laneCrowd = (point: Point): number =>
    patches(point) < 0.05 ? 0 : Math.min(0.65, 1.3 * zones.villageAt(point));
  for (const [face, { use, zone }] of plan.faces.entries()) {
    if (use !== 'ground' || water.has(face)) continue;
    const ring = blockOf(plan, face);
    if (ring === undefined) continue;
    const isBuilt = zone !== 'fields' && zone !== 'newLand';
    if (isBuilt) blocks.push({ face, ring });
    if (green.has(face)) continue;
    if (zone === 'fields') buildings.push(...houseRowsOf(ring, laneCrowd, random));
    else buildings.push(...buildingsOf(ring, zone, zone === 'village' ? villageCrowd : () => 1, random));
  }
  return { blocks, buildings };
}
