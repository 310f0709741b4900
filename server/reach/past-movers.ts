import type { City } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { segmentWorld } from '../history/segment-world.ts';
import { moversOf, type Movers } from './movers.ts';

/** Who could set out at a second of a past minute, from its segment. @throws when the segment is broken */
export const pastMovers = (bytes: Uint8Array, at: EpochMs, city: City): Movers =>
  moversOf(segmentWorld(bytes, at), at, city.posts, ageLimitsOf(city));
