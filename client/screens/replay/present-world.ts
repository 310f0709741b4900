import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { FeedBatch, FeedListener } from '../../feed/feed.ts';

/** The world of a feed that is not drawn. */
export class PresentWorld implements FeedListener {
  #world: World | undefined;
  #frame: FrameNo | undefined;

  /** Undefined until the first keyframe came. For reading only. */
  get world(): World | undefined {
    return this.#world;
  }

  onBatch = ({ keyframe, frames }: FeedBatch): Result<void> => {
    if (keyframe !== undefined) {
      this.#world = keyframe.world;
      this.#frame = keyframe.frame;
    }
    for (const frame of frames) {
      if (this.#world === undefined || frame.from !== this.#frame) return fail('frame.outOfOrder', 'from');
      const applied = applyFrame(this.#world, frame);
      if (!applied.ok) return applied;
      this.#frame = frame.to;
    }
    return ok(undefined);
  };

  onState = (): void => undefined;
}
