import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, frameNo, type EpochMs, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import type { SentFrame } from '@maplewall/shared/frame/frame.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { ageLimitsOf, type CityAgeLimits } from '@maplewall/shared/rules/fix-age.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { FeedBatch } from '../feed/feed.ts';
import { Whose } from './ageing.ts';
import { IncidentMarks } from './incident-marks.ts';
import { mercatorAround, type Mercator } from './mercator.ts';
import { Motion } from './motion.ts';
import { ShownClock } from './shown-clock.ts';
import { SlotSet } from './slot-set.ts';

/** What the batch just applied touched. */
export interface WorldChange {
  /** The world is another one (a keyframe came): look at everything anew. */
  readonly replaced: boolean;
  readonly positions: boolean;
  /** An incident, an order or a responder. */
  readonly events: boolean;
  readonly risks: boolean;
}

export interface ClientWorldOptions {
  /** Positions are kept as offsets from its centre, and age as it says. */
  readonly city: Pick<City, 'centre' | 'ageing'>;
  /** The moment shown, from the feed. */
  readonly now: () => EpochMs;
}

/**
 * The world that this screen shows. Frames come in from whichever feed; the map reads the rows of `motion` and
 * `incidentMarks`, the summaries read `world`. Nothing here is ever reactive, and only this class changes it.
 */
export class ClientWorld {
  readonly mercator: Mercator;
  readonly clock = new ShownClock();
  readonly ageLimits: CityAgeLimits;
  readonly motion: Motion;
  readonly incidentMarks: IncidentMarks;
  readonly #now: () => EpochMs;
  /** Slots with fixes in the batch at hand. */
  readonly #touched = new SlotSet();
  readonly #listeners = new Set<(change: WorldChange) => void>();
  #world: World = emptyWorld();
  #frame: FrameNo = frameNo(0);
  #version = 0;

  constructor({ city, now }: ClientWorldOptions) {
    this.mercator = mercatorAround(city.centre);
    this.ageLimits = ageLimitsOf(city);
    this.motion = new Motion(this.mercator, this.clock, new Whose(this.ageLimits));
    this.incidentMarks = new IncidentMarks(this.mercator, this.clock);
    this.#now = now;
  }

  /** Empty until the first keyframe came. For reading only. */
  get world(): World {
    return this.#world;
  }

  /** The last frame applied, within the feed's own numbering. */
  get frame(): FrameNo {
    return this.#frame;
  }

  /** 0 before the first keyframe, one more after each batch that was applied. */
  get version(): number {
    return this.#version;
  }

  /** Calls back after each batch. Returns what stops it. */
  onChange(listener: (change: WorldChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies what a feed brought. A batch that does not follow, or cannot be, is answered with a fault; frames
   * before the one at fault stay applied, and the feed then brings a keyframe.
   */
  onBatch(batch: FeedBatch): Result<void> {
    const shownAt = epochMs(Math.max(this.#now(), 1));
    const slots = this.#touched;
    slots.clear();
    const seen = { replaced: false, events: false, risks: false };
    if (batch.keyframe !== undefined) {
      this.#world = batch.keyframe.world;
      this.#frame = batch.keyframe.frame;
      seen.replaced = true;
    } else if (this.#version === 0) return fail('frame.outOfOrder');
    let outcome: Result<void> = ok(undefined);
    for (const frame of batch.frames) {
      const applied = this.#applyFrame(frame);
      if (!applied.ok) {
        outcome = applied;
        break;
      }
      for (const slot of applied.value) slots.add(slot);
      seen.events ||= frame.events.length > 0;
      seen.risks ||= frame.risks.length > 0;
    }
    this.#bringRowsUpToDate(seen, slots.toArray(), shownAt, batch.jumped);
    this.#version += 1;
    const change: WorldChange = { ...seen, positions: slots.size > 0 };
    for (const listener of this.#listeners) listener(change);
    return outcome;
  }

  /** Draws everybody and everything somewhere in its square of 250 m, for visitors; or where it is. */
  coarsen(isCoarse: boolean): void {
    if (this.motion.isCoarse === isCoarse) return;
    this.motion.isCoarse = isCoarse;
    this.incidentMarks.isCoarse = isCoarse;
    if (this.#version === 0) return;
    const shownAt = epochMs(Math.max(this.#now(), 1));
    this.motion.replace(this.#world, shownAt, true);
    this.incidentMarks.write(this.#world, shownAt, true);
    const change = { replaced: true, positions: true, events: true, risks: false };
    for (const listener of this.#listeners) listener(change);
  }

  #applyFrame(frame: SentFrame): Result<Uint32Array> {
    if (frame.from !== this.#frame) return fail('frame.outOfOrder');
    const applied = applyFrame(this.#world, frame);
    if (applied.ok) this.#frame = frame.to;
    return applied;
  }

  #bringRowsUpToDate(
    seen: { readonly replaced: boolean; readonly events: boolean },
    slots: Uint32Array,
    shownAt: EpochMs,
    jumped: boolean,
  ): void {
    const wasUnset = this.clock.isUnset;
    if (wasUnset || this.clock.isFarFrom(shownAt)) {
      const seconds = this.clock.rebase(shownAt);
      if (!wasUnset) this.motion.shiftTimes(seconds);
      this.incidentMarks.write(this.#world, shownAt, true);
    }
    if (seen.replaced) this.motion.replace(this.#world, shownAt, jumped || wasUnset);
    else {
      this.motion.take(this.#world, slots, shownAt);
      if (seen.events) this.motion.restate(this.#world, shownAt);
    }
    if (seen.replaced || seen.events) this.incidentMarks.write(this.#world, shownAt, seen.replaced);
  }
}
