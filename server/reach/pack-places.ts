import type { Spot } from './past-incidents.ts';
import type { CityPack } from '../city/read-pack.ts';
import type { RawPlace } from './places.ts';

/** What of a pack's places counts as key: where many people are, or where those are who need help most. */
const KEY_KINDS: readonly unknown[] = ['school', 'market', 'park', 'transport', 'hospital'];

/**
 * Places of a pack: its buildings, each reached at the corner that is nearest to a street (the pack knows no doors), or
 * the middles of its blocks where it has no buildings; and its schools, markets, parks, stations and hospitals.
 */
export function packPlaces({ files }: Pick<CityPack, 'files'>): readonly RawPlace[] {
  const buildings = files.get('buildings')?.features ?? [];
  const people =
    buildings.length > 0
      ? buildings.map(({ geometry }): RawPlace => {
          const doors = outerRing(geometry);
          return { weight: 'blocks', ...middleOf(doors), counts: 1, doors };
        })
      : (files.get('blocks')?.features ?? []).map(({ geometry }): RawPlace => ({
          weight: 'blocks',
          ...middleOf(outerRing(geometry)),
          counts: 1,
        }));
  const key = (files.get('places')?.features ?? [])
    .filter(({ properties }) => KEY_KINDS.includes(properties['kind']))
    .map(({ geometry }): RawPlace => {
      const [lng = 0, lat = 0] = geometry.coordinates as readonly number[];
      return { weight: 'places', lng, lat, counts: 1 };
    });
  return [...people, ...key];
}

/** Spots of incidents as places that count as often as something happened there. */
export const incidentPlaces = (spots: readonly Spot[]): readonly RawPlace[] =>
  spots.map(({ lng, lat, incidents: counts }): RawPlace => ({ weight: 'incidents', lng, lat, counts }));

/** The mean of a ring's corners, its last one being its first. */
function middleOf(ring: Ring): {
  readonly lng: number;
  readonly lat: number;
} {
  const corners = ring.length > 1 ? ring.slice(0, -1) : ring;
  const sum = (of: (corner: readonly [number, number]) => number): number =>
    corners.reduce((total, corner) => total + of(corner), 0) / Math.max(1, corners.length);
  return { lng: sum(([lng]) => lng), lat: sum(([, lat]) => lat) };
}

type Ring = readonly (readonly [number, number])[];

/** The (first) outer ring of a polygon or several. */
function outerRing({ type, coordinates }: { readonly type: string; readonly coordinates: unknown }): Ring {
  const [first = []] = coordinates as readonly unknown[];
  return (type === 'MultiPolygon' ? ((first as readonly unknown[])[0] ?? []) : first) as Ring;
}
