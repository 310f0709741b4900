import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId } from '@maplewall/shared/domain/ids.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { InstanceTable } from '../world/instance-table.ts';
import { offsetX, offsetY, type Mercator } from '../world/mercator.ts';

/** float 0, 1: where · byte 8: 1 while somebody holds the post · byte 9: 1 for a station */
const STRIDE_BYTES = 12;

/** The city's posts as rows, with who holds them, and behind them the joint-service stations. */
export class PostMarks {
  readonly table: InstanceTable;
  readonly posts: City['posts'];
  staffed = 0;

  constructor({ posts, stations }: Pick<City, 'posts' | 'stations'>, mercator: Mercator) {
    this.posts = posts;
    this.table = new InstanceTable(STRIDE_BYTES, Math.max(1, posts.length + stations.length));
    this.table.count = posts.length + stations.length;
    for (const [row, { lng, lat }] of [...posts, ...stations].entries()) {
      this.table.floats[row * 3] = offsetX(mercator, lng);
      this.table.floats[row * 3 + 1] = offsetY(mercator, lat);
      this.table.bytes[row * STRIDE_BYTES + 9] = row < posts.length ? 0 : 1;
    }
  }

  /** After responders changed. */
  write(world: World): void {
    const held = new Set<PostId>();
    for (const { postId } of world.responders.values()) if (postId !== '') held.add(postId);
    this.staffed = 0;
    for (const [row, { id }] of this.posts.entries()) {
      const isHeld = held.has(id) ? 1 : 0;
      this.staffed += isHeld;
      const byte = row * STRIDE_BYTES + 8;
      if (this.table.bytes[byte] === isHeld) continue;
      this.table.bytes[byte] = isHeld;
      this.table.touch(row);
    }
  }
}
