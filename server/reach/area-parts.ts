import type { CityPack } from '../city/read-pack.ts';
import type { Area } from './areas.ts';
import type { Geometry } from './geo-json.ts';

export interface AreaPart {
  readonly id: string;
  readonly geometry: Geometry;
}

/**
 * The communities or grids of an area as the pack draws them: all of the city's, those of a precinct, those of a community. An
 * area that is one itself is its own only part; a grid has no communities.
 */
export function partsOf(
  { files }: Pick<CityPack, 'files'>,
  { kind, id }: Pick<Area, 'kind' | 'id'>,
  by: 'community' | 'grid',
): readonly AreaPart[] {
  const field = kind === by ? 'id' : `${kind}Id`;
  return (files.get(by === 'grid' ? 'grids' : 'communities')?.features ?? [])
    .filter(({ properties }) => kind === 'city' || properties[field] === id)
    .map(({ properties, geometry }) => ({ id: String(properties['id']), geometry }));
}
