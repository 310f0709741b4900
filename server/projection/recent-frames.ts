import type { Frame } from '@maplewall/shared/frame/frame.ts';
import { mergeFrames } from '@maplewall/shared/frame/merge-frames.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';

/** Two minutes: who was away longer is served sooner with a keyframe. */
const KEPT_FRAMES = 120;

/** The last frames, for viewers that come back or fall behind. */
export class RecentFrames {
  #frames: Frame[] = [];

  add(frame: Frame): void {
    this.#frames.push(frame);
    if (this.#frames.length > KEPT_FRAMES) this.#frames.shift();
  }

  /** After a frame that was not kept nothing before it can be joined to what follows. */
  clear(): void {
    this.#frames = [];
  }

  /** One frame from `from` to the newest; undefined when the kept frames do not reach back so far. */
  since(from: FrameNo): Frame | undefined {
    const start = this.#frames.findIndex((frame) => frame.from === from);
    const [first, ...rest] = start === -1 ? [] : this.#frames.slice(start);
    return first === undefined ? undefined : mergeFrames([first, ...rest]);
  }
}
