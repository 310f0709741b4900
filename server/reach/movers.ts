import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId } from '@maplewall/shared/domain/ids.ts';
import { toE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { fixAge, limitsFor, type CityAgeLimits } from '@maplewall/shared/rules/fix-age.ts';
import { MODE_OF_KIND, TRAVEL_MODES, type TravelMode } from '@maplewall/shared/rules/travel.ts';
import { MAX_SLOTS, type World } from '@maplewall/shared/world/world.ts';

/**
 * Who could set out at one moment, in columns, as they go to another thread: free responders with a fresh fix, by their
 * slot, and posts that somebody free holds, by FIRST_POST and their place in the pack.
 */
export interface Movers {
  readonly count: number;
  readonly keys: Uint32Array;
  readonly lngE5: Int32Array;
  readonly latE5: Int32Array;
  /** Index in TRAVEL_MODES. */
  readonly modes: Uint8Array;
  /** Of the last fix; 0 for posts, which stay where they are. */
  readonly ageSeconds: Float32Array;
  /** Everybody on duty in the city, whether they could set out or not. */
  readonly onDuty: number;
  /** The post that they hold, by its place in the pack, or NO_POST; of a post, itself. */
  readonly posts: Int32Array;
}

export const NO_POST = -1;

export const FIRST_POST = MAX_SLOTS;

export const isPost = (key: number): boolean => key >= FIRST_POST;

const modeIndex = (mode: TravelMode): number => TRAVEL_MODES.indexOf(mode);

export function moversOf(world: World, at: EpochMs, posts: City['posts'], ageLimits: CityAgeLimits): Movers {
  const most = world.responders.size + posts.length;
  const keys = new Uint32Array(most);
  const lngE5 = new Int32Array(most);
  const latE5 = new Int32Array(most);
  const modes = new Uint8Array(most);
  const ageSeconds = new Float32Array(most);
  const postsHeld = new Int32Array(most);
  const indexOfPost = new Map<string, number>(posts.map(({ id }, index) => [id, index]));
  const { positions } = world;
  const held = new Set<PostId>();
  let count = 0;
  for (const responder of world.responders.values()) {
    const { slot, kind, state, postId } = responder;
    if (state !== 'available') continue;
    if (postId !== '') held.add(postId);
    if (positions.hasFix[slot] !== 1) continue;
    const age = Math.max(0, at / 1_000 - (positions.fixAtSeconds[slot] ?? 0));
    if (fixAge(age, limitsFor(ageLimits, responder)) !== 'fresh') continue;
    keys[count] = slot;
    lngE5[count] = positions.lngE5[slot] ?? 0;
    latE5[count] = positions.latE5[slot] ?? 0;
    modes[count] = modeIndex(MODE_OF_KIND[kind]);
    ageSeconds[count] = age;
    postsHeld[count] = indexOfPost.get(postId) ?? NO_POST;
    count += 1;
  }
  for (const [index, { id, lng, lat }] of posts.entries()) {
    if (!held.has(id)) continue;
    keys[count] = FIRST_POST + index;
    lngE5[count] = toE5(lng);
    latE5[count] = toE5(lat);
    modes[count] = modeIndex('run');
    postsHeld[count] = index;
    count += 1;
  }
  return { count, keys, lngE5, latE5, modes, ageSeconds, onDuty: world.responders.size, posts: postsHeld };
}

/** A post that is supposed to stand somewhere else, and to be held there. */
export interface MovedPost {
  /** Its place in the pack. */
  readonly post: number;
  readonly lng: number;
  readonly lat: number;
}

/** The same people and posts, but for one post; whoever holds it stands there with it. */
export function withPostMoved(movers: Movers, { post, lng, lat }: MovedPost): Movers {
  const key = FIRST_POST + post;
  const stay = Array.from({ length: movers.count }, (_, row) => row).filter(
    (row) => movers.posts[row] !== post,
  );
  const index = stay.length;
  const count = index + 1;
  const copied = <T extends Uint32Array | Int32Array | Uint8Array | Float32Array>(from: T, into: T): T => {
    for (const [to, row] of stay.entries()) into[to] = from[row] ?? 0;
    return into;
  };
  const moved = {
    count,
    keys: copied(movers.keys, new Uint32Array(count)),
    lngE5: copied(movers.lngE5, new Int32Array(count)),
    latE5: copied(movers.latE5, new Int32Array(count)),
    modes: copied(movers.modes, new Uint8Array(count)),
    ageSeconds: copied(movers.ageSeconds, new Float32Array(count)),
    onDuty: movers.onDuty,
    posts: copied(movers.posts, new Int32Array(count)),
  };
  moved.keys[index] = key;
  moved.lngE5[index] = toE5(lng);
  moved.latE5[index] = toE5(lat);
  moved.modes[index] = modeIndex('run');
  moved.posts[index] = post;
  return moved;
}
