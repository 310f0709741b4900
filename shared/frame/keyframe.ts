import { fail, ok, type Result } from '../domain/fault.ts';
import { epochMs, frameNo, seqNo, type FrameNo } from '../domain/units.ts';
import { emptyWorld } from '../world/empty-world.ts';
import type { World } from '../world/world.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { openCapsule, putInCapsule } from './capsule.ts';
import { isList, MAX_EPOCH_MS } from './json-checks.ts';
import {
  takeHazardRows,
  takeHourRows,
  takeRiskParts,
  takeSourceRows,
  toHazardRows,
  toHourRows,
  toRiskParts,
  toSourceRows,
} from './keyframe-grid.ts';
import { takeIncidentRows, toIncidentRows } from './keyframe-incidents.ts';
import { readPositions, writePositions } from './keyframe-positions.ts';
import {
  fromResponderParts,
  respondersById,
  takeResponders,
  toResponderParts,
} from './keyframe-responders.ts';
import { fromJsonBytes, toJsonBytes } from './utf8.ts';

/** A whole world, and the number of the frame that left it so. */
export interface Keyframe {
  readonly frame: FrameNo;
  readonly world: World;
}

/**
 * The bytes of a world; docs/spec/frame.md has the map. Worlds of equal hash have equal bytes. The text in it
 * is left for the caller to deflate.
 *
 *   capsule( frame, at, seq: varints │ length of text, text │ columns )
 */
export function encodeKeyframe(world: World, frame: FrameNo): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(frame);
  writer.varint(world.at);
  writer.varint(world.seq);
  const responders = respondersById(world);
  const text = toJsonBytes([
    toSourceRows(world),
    toIncidentRows(world),
    toResponderParts(responders),
    toHazardRows(world),
    toRiskParts(world),
    toHourRows(world),
  ]);
  writer.varint(text.length);
  writer.raw(text);
  writePositions(writer, world, responders);
  return putInCapsule('keyframe', writer.done());
}

const malformed = (part: string): ReturnType<typeof fail> => fail('frame.malformed', part, { reason: part });

/** The world that these bytes are; a Fault as from decodeFrame for any others. */
export function decodeKeyframe(bytes: Uint8Array): Result<Keyframe> {
  const body = openCapsule('keyframe', bytes);
  if (!body.ok) return body;
  const reader = new ByteReader(body.value);
  const frame = reader.varint();
  const at = reader.varint();
  const seq = reader.varint();
  const text = reader.raw(reader.varint());
  if (reader.failed) return fail('frame.truncated');
  if (at > MAX_EPOCH_MS) return malformed('at');
  const parts = fromJsonBytes(text);
  if (!isList(parts) || parts.length !== 6) return malformed('text');
  const [sources, incidents, responderParts, hazards, risks, hours] = parts;

  const world = emptyWorld();
  world.at = epochMs(at);
  world.seq = seqNo(seq);
  if (!takeSourceRows(world, sources)) return malformed('sources');
  if (!takeIncidentRows(world, incidents)) return malformed('incidents');
  if (!takeHazardRows(world, hazards)) return malformed('hazards');
  if (!takeRiskParts(world, risks)) return malformed('risks');
  if (!takeHourRows(world, hours)) return malformed('hours');
  const responders = fromResponderParts(responderParts);
  if (responders === undefined) return malformed('responders');
  const positions = readPositions(reader, at, responders.ids.length);
  if (reader.failed) return fail('frame.truncated');
  if (positions === undefined) return malformed('positions');
  if (!takeResponders(world, responders, positions.slots, positions.checkedInAt)) return malformed('slots');
  if (!positions.put(world)) return malformed('positions');
  if (reader.left > 0) return malformed('bytes left over');
  return ok({ frame: frameNo(frame), world });
}
