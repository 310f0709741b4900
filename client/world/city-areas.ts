import type { City } from '@maplewall/shared/domain/city.ts';
import type { Responder } from '@maplewall/shared/domain/responder.ts';

interface Feature {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

/** Features of a file of the city pack; the server has checked them. */
export const featuresOf = (collection: unknown): readonly Feature[] =>
  typeof collection === 'object' && collection !== null && 'features' in collection
    ? (collection.features as readonly Feature[])
    : [];

/** Whose precinct is which, and which community a grid belongs to. */
export interface CityAreas {
  /** The precinct of somebody's post, station or team, in this order; '' for a team of the whole city. */
  precinctOf(responder: Pick<Responder, 'postId' | 'stationId' | 'teamId'>): string;
  /** The community's names; undefined for a grid that the city does not know. */
  communityOfGrid(gridId: string): { readonly zh: string; readonly en: string } | undefined;
}

export function cityAreas(
  city: Pick<City, 'posts' | 'stations' | 'teams'>,
  communities: readonly Feature[],
  grids: readonly Feature[],
): CityAreas {
  const word = (value: unknown): string => (typeof value === 'string' ? value : '');
  const precinctOfCommunity = new Map(
    communities.map(({ properties }) => [word(properties['id']), word(properties['precinctId'])]),
  );
  const names = new Map(
    communities.map(({ properties }) => {
      const zh = word(properties['name']);
      return [word(properties['id']), { zh, en: word(properties['nameEn']) || zh }];
    }),
  );
  const communityOfGrid = new Map(
    grids.map(({ properties }) => [word(properties['id']), word(properties['communityId'])]),
  );
  const posts = new Map<string, string>(city.posts.map(({ id, precinctId }) => [id, precinctId]));
  const stations = new Map<string, string>(city.stations.map(({ id, precinctId }) => [id, precinctId]));
  const teams = new Map<string, string>(
    city.teams.map(({ id, communityId }) => [id, precinctOfCommunity.get(communityId ?? '') ?? '']),
  );
  return {
    precinctOf: ({ postId, stationId, teamId }) =>
      posts.get(postId) ?? stations.get(stationId) ?? teams.get(teamId) ?? '',
    communityOfGrid: (gridId) => names.get(communityOfGrid.get(gridId) ?? ''),
  };
}
