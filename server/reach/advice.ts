import type { Coverage, Mover } from './coverage.ts';
import { FIRST_POST, isPost, NO_POST } from './movers.ts';

/** A post, and what nobody else covers. */
export interface LonePost {
  readonly post: number;
  readonly loss: number;
}

/** Two posts, and the part of the smaller one's places that the other covers as well. */
export interface TwinPosts {
  readonly posts: readonly [number, number];
  readonly shared: number;
}

/** Posts that share less than half of their places are no twins. */
const TWIN_SHARE = 0.5;

/** The movers of each post that is held: the post itself, and those of its holders who are seen. They leave together. */
export function moversOfPosts(movers: Iterable<Mover>): ReadonlyMap<number, readonly Mover[]> {
  const found = new Map<number, Mover[]>();
  for (const mover of movers) {
    if (mover.post === NO_POST) continue;
    const own = found.get(mover.post);
    if (own === undefined) found.set(mover.post, [mover]);
    else own.push(mover);
  }
  return found;
}

/** The places that some of these movers reach in time, and by how many of them. */
export function reachedByAll(movers: readonly Mover[], horizon: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { reached, counted } of movers)
    for (const place of reached.places.subarray(0, counted[horizon] ?? 0))
      found.set(place, (found.get(place) ?? 0) + 1);
  return found;
}

/** Posts by what nobody would cover if they were left, the greatest hole first. */
export function lonePosts(coverage: Coverage, horizon: number, weight: number): readonly LonePost[] {
  const { places, reachedBy, movers } = coverage;
  const found: LonePost[] = [];
  for (const [post, own] of moversOfPosts(movers.values())) {
    let loss = 0;
    for (const [place, by] of reachedByAll(own, horizon))
      if (places.weight[place] === weight && reachedBy[horizon]?.[place] === by)
        loss += places.counts[place] ?? 0;
    if (loss > 0) found.push({ post, loss });
  }
  return found.toSorted((a, b) => b.loss - a.loss);
}

/** Pairs of posts that cover the same, those that share most first. */
export function twinPosts({ movers }: Coverage, horizon: number): readonly TwinPosts[] {
  const postsAt = new Map<number, number[]>();
  const sizes = new Map<number, number>();
  for (const { key, reached, counted } of movers.values()) {
    if (!isPost(key)) continue;
    const own = reached.places.subarray(0, counted[horizon] ?? 0);
    sizes.set(key, own.length);
    for (const place of own) {
      const there = postsAt.get(place);
      if (there === undefined) postsAt.set(place, [key]);
      else there.push(key);
    }
  }
  const shared = new Map<string, { readonly pair: readonly [number, number]; count: number }>();
  for (const posts of postsAt.values())
    for (const [index, one] of posts.entries())
      for (const other of posts.slice(index + 1)) {
        const pair: readonly [number, number] = one < other ? [one, other] : [other, one];
        const name = pair.join(' ');
        const known = shared.get(name);
        if (known === undefined) shared.set(name, { pair, count: 1 });
        else known.count += 1;
      }
  return [...shared.values()]
    .map(({ pair: [one, other], count }): TwinPosts => ({
      posts: [one - FIRST_POST, other - FIRST_POST],
      shared: count / Math.max(1, Math.min(sizes.get(one) ?? 0, sizes.get(other) ?? 0)),
    }))
    .filter(({ shared: share }) => share >= TWIN_SHARE)
    .toSorted((a, b) => b.shared - a.shared);
}
