import { holds, type FlatRing } from '@maplewall/shared/geo/contour.ts';
import type { CityPack } from '../city/read-pack.ts';

export const AREA_KINDS = ['city', 'precinct', 'community', 'grid'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** A part of the city of which coverage is told. */
export interface Area {
  readonly kind: AreaKind;
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
}

interface Bounded {
  readonly rings: readonly FlatRing[];
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly areas: readonly number[];
}

/** The city and its precincts, communities and grids, and which of them a place lies in. */
export class Areas {
  readonly list: readonly Area[];
  readonly #grids: readonly Bounded[];
  readonly #communities: readonly Bounded[];
  readonly #indexOf = new Map<string, number>();

  constructor({ city, files }: Pick<CityPack, 'city' | 'files'>) {
    const communities = files.get('communities')?.features ?? [];
    const grids = files.get('grids')?.features ?? [];
    const nameOf = (properties: Readonly<Record<string, unknown>>): Area['name'] => {
      const zh = String(properties['name'] ?? '') || String(properties['id'] ?? '');
      return { zh, en: String(properties['nameEn'] ?? '') || zh };
    };
    this.list = [
      { kind: 'city', id: city.id, name: city.name },
      ...city.precincts.map(({ id, name }): Area => ({ kind: 'precinct', id, name })),
      ...communities.map(({ properties }): Area => ({
        kind: 'community',
        id: String(properties['id']),
        name: nameOf(properties),
      })),
      ...grids.map(({ properties }): Area => ({
        kind: 'grid',
        id: String(properties['id']),
        name: nameOf(properties),
      })),
    ];
    for (const [index, { kind, id }] of this.list.entries()) this.#indexOf.set(`${kind} ${id}`, index);
    const index = (kind: AreaKind, id: unknown): readonly number[] => {
      const found = this.#indexOf.get(`${kind} ${String(id)}`);
      return found === undefined ? [] : [found];
    };
    this.#grids = grids.map(({ geometry, properties }) => ({
      ...bounded(geometry.coordinates),
      areas: [
        0,
        ...index('precinct', properties['precinctId']),
        ...index('community', properties['communityId']),
        ...index('grid', properties['id']),
      ],
    }));
    this.#communities = communities.map(({ geometry, properties }) => ({
      ...bounded(geometry.coordinates),
      areas: [0, ...index('precinct', properties['precinctId']), ...index('community', properties['id'])],
    }));
  }

  /** Indexes of the areas that a place lies in; of the city, all places do. */
  readonly at = (lng: number, lat: number): readonly number[] =>
    this.#grids.find((grid) => isIn(grid, lng, lat))?.areas ??
    this.#communities.find((community) => isIn(community, lng, lat))?.areas ?? [0];
}

/** All rings of a geometry, outer ones and holes: a place lies in it when it lies in an odd number of them. */
function bounded(coordinates: unknown): Omit<Bounded, 'areas'> {
  const rings: FlatRing[] = [];
  const collect = (value: readonly unknown[]): void => {
    const [first] = value as readonly (readonly unknown[])[];
    if (first === undefined) return;
    if (typeof first[0] === 'number')
      rings.push((value as readonly (readonly number[])[]).flatMap(([x = 0, y = 0]) => [x, y]));
    else for (const part of value) collect(part as readonly unknown[]);
  };
  collect(coordinates as readonly unknown[]);
  let box: Bounded['box'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (let at = 0; at < ring.length; at += 2) {
      const [x = 0, y = 0] = [ring[at], ring[at + 1]];
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
  return { rings, box };
}

function isIn({ rings, box: [west, south, east, north] }: Bounded, lng: number, lat: number): boolean {
  if (lng < west || lng > east || lat < south || lat > north) return false;
  return rings.filter((ring) => holds(ring, lng, lat)).length % 2 === 1;
}
