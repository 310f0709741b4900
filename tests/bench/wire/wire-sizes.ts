import { deflateRawSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import { Encoder } from 'socket.io-msgpack-parser';
import { envelopeOf } from '@maplewall/server/gateway/encode-once.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { estimateEntropy } from '@maplewall/shared/frame/entropy.ts';
import type { FixRows, Frame } from '@maplewall/shared/frame/frame.ts';
import { decodeKeyframe, encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { bodyOf, sure } from '../../support/segments.ts';
import { toUsualFixes, type UsualFix } from './usual-fixes.ts';

/** Bytes a position update, over all frames that carry one. */
export interface SizesPerUpdate {
  readonly updates: number;
  readonly updatesPerFrame: number;
  /** Frames as the gateway sends them, without their events, risks and sources: heads and envelopes count. */
  readonly ours: number;
  /** The same with all that is in them, in packets of socket.io and WebSocket. */
  readonly oursAsSent: number;
  readonly json: number;
  /** Objects of id, lng, lat and at alone: exactly what our frames say. */
  readonly jsonSameFields: number;
  readonly msgpack: number;
  readonly deflatedJson: number;
  readonly entropyEstimate: number;
}

/** A viewer that measures each frame it is sent, and what the same positions are as JSON and in msgpack. */
export class WireSizes {
  readonly #viewer: World;
  readonly #hasAccuracy: boolean;
  readonly #rows: FixRows[] = [];
  readonly #bytes = { ours: 0, oursAsSent: 0, json: 0, jsonSameFields: 0, msgpack: 0, deflatedJson: 0 };

  /** `world` as it is when the viewer comes. */
  constructor(world: World, lastFrame: Frame['to'], hasAccuracy: boolean) {
    this.#viewer = sure(decodeKeyframe(encodeKeyframe(world, lastFrame))).world;
    this.#hasAccuracy = hasAccuracy;
  }

  take(frame: Frame): void {
    const sent = envelopeOf(encodeFrame(frame));
    const fixes = toUsualFixes(this.#viewer, frame, this.#hasAccuracy);
    sure(applyFrame(this.#viewer, sure(decodeFrame(bodyOf(sent)))));
    if (fixes.length === 0) return;
    const { responderIds } = this.#viewer.positions;
    this.#measure(
      frame,
      sent,
      fixes.map(({ slot, ...fix }) => ({ id: responderIds[slot] ?? '', ...fix })),
    );
  }

  /** @throws when the viewer does not have the very world of the sender */
  perUpdate(sender: World): SizesPerUpdate {
    if (worldHash(this.#viewer) !== worldHash(sender)) throw new Error('the viewer has another world');
    const { bytesPerFix, fixes } = estimateEntropy(this.#rows);
    const { ours, oursAsSent, json, jsonSameFields, msgpack, deflatedJson } = this.#bytes;
    return {
      updates: fixes,
      updatesPerFrame: fixes / this.#rows.length,
      ours: ours / fixes,
      oursAsSent: oursAsSent / fixes,
      json: json / fixes,
      jsonSameFields: jsonSameFields / fixes,
      msgpack: msgpack / fixes,
      deflatedJson: deflatedJson / fixes,
      entropyEstimate: bytesPerFix,
    };
  }

  #measure(frame: Frame, sent: Uint8Array, usual: readonly UsualFix[]): void {
    const bytes = this.#bytes;
    bytes.ours += envelopeOf(encodeFrame({ ...frame, events: [], risks: [], sources: [] })).length;
    bytes.oursAsSent += packetBytes(sent);
    const json = JSON.stringify(usual);
    bytes.json += Buffer.byteLength(json);
    bytes.jsonSameFields += Buffer.byteLength(
      JSON.stringify(usual.map(({ id, lng, lat, at }) => ({ id, lng, lat, at }))),
    );
    bytes.msgpack += encode(usual).length;
    bytes.deflatedJson += deflateRawSync(json).length;
    this.#rows.push(frame.fixes);
  }
}

/** With the packet of socket.io, and the head of a WebSocket frame: 2 bytes, or 4 above 125. */
function packetBytes(sent: Uint8Array): number {
  // The parser's own types say ArrayBuffer; it gives a list of buffers, as socket.io asks of a parser.
  const parts = new Encoder().encode({
    type: 2,
    nsp: '/',
    data: ['frame', Buffer.from(sent)],
  }) as unknown as readonly Uint8Array[];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length + (length > 125 ? 4 : 2);
}
