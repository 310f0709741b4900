import { randomUUID } from 'node:crypto';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, frameNo, type EpochMs, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import type { Frame } from '@maplewall/shared/frame/frame.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { advance, applyRecord } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Following, Log } from '../log/log.ts';
import { RecentFrames } from './recent-frames.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

/** More events than this in one second are an import or a first filling: a keyframe is smaller and sooner drawn. */
const MAX_EVENTS_PER_FRAME = 2_000;
const SECOND_MS = 1_000;

/** What a cut left: a frame, or the word that everybody needs a keyframe of this number. */
export type Cut =
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'break'; readonly to: FrameNo };

/**
 * Keeps the world of now: follows the log, folds, and cuts a frame when it is told the time. Frames are
 * numbered within this run; `run` tells runs apart.
 */
export class WorldKeeper {
  readonly run = randomUUID();
  readonly recent = new RecentFrames();
  readonly #world: World;
  /** Undefined while what the log has already is folded: nobody watches yet. */
  #frames: FrameBuilder | undefined;
  readonly #snapshotFile: string;
  #following: Following | undefined;
  #lastFrame: FrameNo = frameNo(0);
  #saving: Promise<void> = Promise.resolve();

  private constructor(world: World, snapshotFile: string) {
    this.#world = world;
    this.#snapshotFile = snapshotFile;
  }

  /** Resolves when the world has all that the log held at the call. */
  static async open(log: Log, snapshotFile: string): Promise<WorldKeeper> {
    const snapshot = await readSnapshot(snapshotFile);
    const world = snapshot !== undefined && snapshot.seq <= log.lastSeq() ? snapshot : emptyWorld();
    const keeper = new WorldKeeper(world, snapshotFile);
    keeper.#following = log.follow(world.seq, (records) => keeper.#take(records));
    await keeper.#following.caughtUp;
    keeper.#frames = new FrameBuilder(world);
    return keeper;
  }

  get #builder(): FrameBuilder {
    if (this.#frames === undefined) throw new Error('the world is not caught up with the log yet');
    return this.#frames;
  }

  /** The world of now. To be read only. */
  get world(): World {
    return this.#world;
  }

  get lastFrame(): FrameNo {
    return this.#lastFrame;
  }

  /** Cuts what was gained since the last cut. `at` is the server's time. */
  cut(at: EpochMs): Cut {
    if (this.#builder.pendingEvents > MAX_EVENTS_PER_FRAME) {
      this.#lastFrame = this.#builder.discard(at);
      this.recent.clear();
      return { type: 'break', to: this.#lastFrame };
    }
    const frame = this.#builder.cut(at);
    this.#lastFrame = frame.to;
    this.recent.add(frame);
    return { type: 'frame', frame };
  }

  /** One after the other: two at once would write one file and rename it from under each other. */
  saveSnapshot(): Promise<void> {
    const saving = this.#saving.then(() => writeSnapshot(this.#snapshotFile, this.#world));
    this.#saving = saving.catch(() => undefined);
    return saving;
  }

  async stop(): Promise<void> {
    this.#following?.stop();
    await this.saveSnapshot();
  }

  #take(records: readonly LogRecord[]): void {
    for (const record of records)
      if (this.#frames === undefined) takeAsItArrived(this.#world, record);
      else this.#frames.add(record);
  }
}

/** As it was folded when it arrived: the clock stood at the full second before, and what ended long ago was gone by then. */
function takeAsItArrived(world: World, record: LogRecord): void {
  const second = epochMs(Math.floor(record.receivedAt / SECOND_MS) * SECOND_MS);
  if (second > world.at) advance(world, second);
  applyRecord(world, record);
}
