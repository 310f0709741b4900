import { constants, deflateRawSync } from 'node:zlib';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import type { Cut, WorldKeeper } from '../projection/world-keeper.ts';

/** Below this, deflate's own tables cost more than they save. */
const DEFLATE_FROM_BYTES = 512;

/** Puts a body in an envelope, deflated if that makes it smaller. */
export function envelopeOf(body: Uint8Array): Uint8Array {
  if (body.length < DEFLATE_FROM_BYTES) return putInEnvelope(body, false);
  const deflated = deflateRawSync(body, { level: constants.Z_BEST_SPEED });
  return deflated.length < body.length ? putInEnvelope(deflated, true) : putInEnvelope(body, false);
}

/** Encodes each frame, each way to catch up and each keyframe once, however many viewers ask for it. */
export class EncodeOnce {
  readonly #keeper: WorldKeeper;
  #newest: { readonly to: FrameNo; readonly envelope: Uint8Array } | undefined;
  #catchUps = new Map<FrameNo, Uint8Array>();
  #keyframe: { readonly to: FrameNo; readonly envelope: Uint8Array } | undefined;

  constructor(keeper: WorldKeeper) {
    this.#keeper = keeper;
  }

  /** To be called at each cut, before viewers are served. */
  onCut(cut: Cut): void {
    this.#catchUps.clear();
    this.#newest =
      cut.type === 'frame' ? { to: cut.frame.to, envelope: envelopeOf(encodeFrame(cut.frame)) } : undefined;
  }

  /** The newest frame as it was cut. */
  newest(to: FrameNo): Uint8Array {
    return this.#newest?.to === to ? this.#newest.envelope : this.keyframe();
  }

  /** All since `from` up to the newest frame: merged, or a keyframe if that is smaller or the only way. */
  catchUp(from: FrameNo): Uint8Array {
    const known = this.#catchUps.get(from);
    if (known !== undefined) return known;
    const merged = from === 0 ? undefined : this.#keeper.recent.since(from);
    let envelope = merged === undefined ? this.keyframe() : envelopeOf(encodeFrame(merged));
    if (merged !== undefined && envelope.length > MERGED_ALWAYS_SMALL_BYTES) {
      const keyframe = this.keyframe();
      if (keyframe.length < envelope.length) envelope = keyframe;
    }
    this.#catchUps.set(from, envelope);
    return envelope;
  }

  /**
   * The whole world at the newest frame. Right only until the next record is folded, so it is asked for in the turn of
   * the cut and at no other time.
   */
  keyframe(): Uint8Array {
    const to = this.#keeper.lastFrame;
    if (this.#keyframe?.to !== to)
      this.#keyframe = { to, envelope: envelopeOf(encodeKeyframe(this.#keeper.world, to)) };
    return this.#keyframe.envelope;
  }
}

/** Merged frames up to this size are sent without weighing them against a keyframe. */
const MERGED_ALWAYS_SMALL_BYTES = 8_192;
