import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Feature } from './geo-json.ts';

/**
 * Puts in the place of each `key` who that is, as a world has them: the id and the call sign, null for a post.
 * @param holders who held each slot when it was asked who comes
 */
export const withNames = (
  arrivals: readonly Feature[],
  holders: readonly (ResponderId | undefined)[],
  responders: World['responders'],
): readonly Feature[] =>
  arrivals.map(({ properties: { key, ...properties }, ...rest }) => {
    const id = holders[Number(key)];
    const responder = id === undefined ? undefined : responders.get(id);
    return {
      ...rest,
      properties: { responderId: id ?? null, callSign: responder?.callSign ?? null, ...properties },
    };
  });
