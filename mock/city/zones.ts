import { seededRandom } from '../seeded-random.ts';
import { ZONES, type ZoneKind } from './zone-plans.ts';
import { distance, type Point } from './plane.ts';
import { contains } from './ring.ts';
import { smoothNoise } from './smooth-noise.ts';
import { dryness, onHill, type Terrain } from './terrain.ts';

export interface Village {
  readonly centre: Point;
  readonly radius: number;
}

/** What is built where. */
export interface Zones {
  kindAt(point: Point): ZoneKind;
  readonly villages: readonly Village[];
  /** How near a point lies to a village: 1 in its middle, 0.5 at its edge, 0 at twice that distance. */
  villageAt(point: Point): number;
}

/**
 * Spreads villages over the fields and gives the zones ragged edges.
 * @param clearings where ramps need room, so that nothing is built
 */
export function layZones(terrain: Terrain, clearings: readonly Point[], seed: number): Zones {
  const random = seededRandom(seed, 'zones/villages');
  const ragged = smoothNoise(seededRandom(seed, 'zones/edges'), 350);
  const drawnAt = (point: Point): ZoneKind => {
    const moved = { x: point.x + 160 * ragged(point), y: point.y + 160 * ragged({ x: point.y, y: point.x }) };
    return ZONES.find(({ outline }) => contains(outline, moved))?.kind ?? 'fields';
  };
  const villages: Village[] = [];
  for (let attempt = 0; attempt < 6000 && villages.length < 98; attempt += 1) {
    const centre = { x: random.between(-9000, 8500), y: random.between(-7300, 5500) };
    const radius = random.between(150, 390);
    if (drawnAt(centre) !== 'fields' || onHill(terrain, centre) || dryness(terrain, centre) < 60) continue;
    if (villages.some((other) => distance(other.centre, centre) < (other.radius + radius) * 1.05 + 120))
      continue;
    villages.push({ centre, radius });
  }
  return {
    villages,
    villageAt: (point) => {
      let near = 0;
      for (const { centre, radius } of villages)
        near = Math.max(near, 1 - distance(centre, point) / radius / 2);
      return near;
    },
    kindAt: (point) => {
      if (clearings.some((clearing) => distance(clearing, point) < 300)) return 'fields';
      const drawn = drawnAt(point);
      if (drawn !== 'fields') return drawn;
      const reach = 1 + 0.45 * ragged({ x: point.x * 1.7, y: point.y * 1.7 });
      return villages.some(({ centre, radius }) => distance(centre, point) < radius * reach)
        ? 'village'
        : 'fields';
    },
  };
}
