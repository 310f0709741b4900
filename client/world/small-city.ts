import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, frameNo, lat, lng, seqNo, toE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import type { Frame } from '@maplewall/shared/frame/frame.ts';
import { decodeKeyframe, encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import type { FeedBatch } from '../feed/feed.ts';

export const CENTRE = { lng: lng(120.56), lat: lat(27.54) } as const;

/** 2026-11-23 20:00:00 in Longgang. */
export const EVENING: EpochMs = epochMs(1_795_435_200_000);

export interface Seen {
  readonly id: string;
  readonly lng: number;
  readonly lat: number;
}

/**
 * A gateway in one object, for tests and measurements: records go in, the frames that a viewer would get come out.
 * Everything is folded and cut by the real code.
 */
export class SmallCity {
  readonly #world = emptyWorld();
  readonly #builder = new FrameBuilder(this.#world);
  #seq = 0;

  happens(at: EpochMs, event: CityEvent): void {
    this.#seq += 1;
    this.#builder.add({ ...this.#head(at), type: 'event', event });
  }

  checksIn(at: EpochMs, id: string, responderKind: 'volunteer' | 'sentry' | 'officer' | 'gridWorker'): void {
    this.happens(at, {
      kind: 'responder.checkedIn',
      responderId: id as ResponderId,
      responderKind,
      callSign: id,
    });
  }

  /** `source` has ages of its own; undefined: one that has none. */
  reportsThrough(at: EpochMs, id: string, source: string | undefined): void {
    this.happens(at, {
      kind: 'responder.reportsThrough',
      responderId: id as ResponderId,
      ...(source === undefined ? {} : { source: source as SourceId }),
    });
  }

  /** Fixes measured at `at`, all of them in one record. */
  seen(at: EpochMs, people: readonly Seen[]): void {
    const count = people.length;
    this.#seq += 1;
    this.#builder.add({
      ...this.#head(at),
      type: 'positions',
      fixes: {
        count,
        responders: people.map(({ id }) => id as ResponderId),
        who: Uint32Array.from(people.keys()),
        lngE5: Int32Array.from(people, (person) => toE5(person.lng)),
        latE5: Int32Array.from(people, (person) => toE5(person.lat)),
        fixAtSeconds: new Uint32Array(count).fill(Math.floor(at / 1000)),
        deviceAtSeconds: new Uint32Array(count),
        speed: new Uint16Array(count),
        course: new Uint16Array(count),
        accuracy: new Uint16Array(count),
        battery: new Uint8Array(count),
      },
    });
  }

  /** What happened since the frame before, as a viewer gets it. */
  frame(at: EpochMs): Frame {
    return this.#builder.cut(at);
  }

  /** The same, wrapped as a feed hands it on. */
  batch(at: EpochMs): FeedBatch {
    return { keyframe: undefined, frames: [this.frame(at)], jumped: false };
  }

  /** Everything as it is at `at`, for a viewer that has nothing; a world of its own each time. */
  keyframe(at: EpochMs, jumped = true): FeedBatch {
    const { to } = this.frame(at);
    const decoded = decodeKeyframe(encodeKeyframe(this.#world, frameNo(to)));
    if (!decoded.ok) throw new Error(decoded.fault.code);
    return { keyframe: decoded.value, frames: [], jumped };
  }

  #head(at: EpochMs): {
    seq: ReturnType<typeof seqNo>;
    at: EpochMs;
    receivedAt: EpochMs;
    source: SourceId;
    mode: 'Test';
    key: string;
  } {
    return {
      seq: seqNo(this.#seq),
      at,
      receivedAt: at,
      source: 'small-city' as SourceId,
      mode: 'Test',
      key: `k${this.#seq}`,
    };
  }
}
