import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { readColumn, writeColumn } from './column-codec.ts';

/** A record as it stands in the table; `body` holds what the other columns do not. */
export interface RecordRow {
  readonly at: number;
  readonly received_at: number;
  readonly source: string;
  readonly key: string;
  readonly mode: string;
  /** 0 event (JSON), 1 positions (columns), 2 positions compressed with zstd, 3 event compressed with zstd; 5 and 6 as 1 and 2, thinned. */
  readonly form: number;
  readonly body: Uint8Array;
}

/** A row whose body may be transferred. */
export interface EncodedRow extends RecordRow {
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Names of responders are kept once; records hold numbers in their place. */
export interface Names {
  idOf(name: ResponderId): number;
  /** @throws for a number that was never given */
  nameOf(id: number): ResponderId;
}

const FORM_EVENT = 0;
const FORM_POSITIONS = 1;
const FORM_POSITIONS_ZSTD = 2;
const FORM_EVENT_ZSTD = 3;
/** Of positions that lost some of their fixes, from their form before (thinned.ts). */
export const THINNED = 4;
const FORM_POSITIONS_THINNED = FORM_POSITIONS + THINNED;

/** Below this, the head of a compressed block costs more than it saves. */
const COMPRESS_POSITIONS_FROM_BYTES = 256;
/** Events of the usual size are read one by one, and gain little. */
const COMPRESS_EVENTS_FROM_BYTES = 2_048;
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const toText = new TextDecoder();
const toBytes = new TextEncoder();

/** The body has a buffer to itself, exactly as long as it is, so that it can be handed to another thread. */
export function encodeRecord(draft: RecordDraft, names: Names): EncodedRow {
  const head = {
    at: draft.at,
    received_at: draft.receivedAt,
    source: draft.source,
    key: draft.key,
    mode: draft.mode,
  };
  if (draft.type === 'event') {
    const text = toBytes.encode(JSON.stringify(draft.event));
    return text.length < COMPRESS_EVENTS_FROM_BYTES
      ? { ...head, form: FORM_EVENT, body: text }
      : { ...head, form: FORM_EVENT_ZSTD, body: compressed(text) };
  }
  const packed = packFixes(draft.fixes, names);
  return packed.length < COMPRESS_POSITIONS_FROM_BYTES
    ? { ...head, form: FORM_POSITIONS, body: packed }
    : { ...head, form: FORM_POSITIONS_ZSTD, body: compressed(packed) };
}

/** zlib's own answer stands in 64 KiB of its own, all of which would be kept and copied along. */
const compressed = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zstdCompressSync(bytes, FAST));

/** @throws when the row is damaged */
export function decodeRecord(seq: number, row: RecordRow, names: Pick<Names, 'nameOf'>): LogRecord {
  const head = {
    seq: seqNo(seq),
    at: epochMs(row.at),
    receivedAt: epochMs(row.received_at),
    source: row.source as SourceId,
    key: row.key,
    mode: row.mode as Mode,
  };
  const isPlain = [FORM_EVENT, FORM_POSITIONS, FORM_POSITIONS_THINNED].includes(row.form);
  const body = isPlain ? row.body : zstdDecompressSync(row.body);
  return row.form === FORM_EVENT || row.form === FORM_EVENT_ZSTD
    ? { ...head, type: 'event', event: JSON.parse(toText.decode(body)) as CityEvent }
    : { ...head, type: 'positions', fixes: unpackFixes(body, names) };
}

/*
 *   u32 fixes · u32 responders · numbers of the responders · then, for each fix, column by column:
 *   who · lng · lat · fixAt · deviceAt (four bytes each) · speed · course · accuracy (two) · battery (one)
 *
 * Neighbours in a column are near each other, so each holds the step from the one before; column-codec.ts has the bytes.
 */
const HEAD_BYTES = 8;
const BYTES_PER_FIX = 5 * 4 + 3 * 2 + 1;

function packFixes(fixes: FixColumns, names: Names): Uint8Array<ArrayBuffer> {
  const { count } = fixes;
  const ids = Uint32Array.from(fixes.responders, (name) => names.idOf(name));
  const bytes = new Uint8Array(HEAD_BYTES + ids.length * 4 + count * BYTES_PER_FIX);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, ids.length, true);
  let at = writeColumn(bytes, HEAD_BYTES, ids, ids.length);
  at = writeColumn(bytes, at, fixes.who, count);
  at = writeColumn(bytes, at, fixes.lngE5, count);
  at = writeColumn(bytes, at, fixes.latE5, count);
  at = writeColumn(bytes, at, fixes.fixAtSeconds, count);
  at = writeColumn(bytes, at, fixes.deviceAtSeconds, count);
  at = writeColumn(bytes, at, fixes.speed, count);
  at = writeColumn(bytes, at, fixes.course, count);
  at = writeColumn(bytes, at, fixes.accuracy, count);
  writeColumn(bytes, at, fixes.battery, count);
  return bytes;
}

function unpackFixes(bytes: Uint8Array, names: Pick<Names, 'nameOf'>): FixColumns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  const ids = new Uint32Array(view.getUint32(4, true));
  if (bytes.length !== HEAD_BYTES + ids.length * 4 + count * BYTES_PER_FIX)
    throw new Error('a record of positions has not the length that it says');
  const fixes = {
    who: new Uint32Array(count),
    lngE5: new Int32Array(count),
    latE5: new Int32Array(count),
    fixAtSeconds: new Uint32Array(count),
    deviceAtSeconds: new Uint32Array(count),
    speed: new Uint16Array(count),
    course: new Uint16Array(count),
    accuracy: new Uint16Array(count),
    battery: new Uint8Array(count),
  };
  let at = readColumn(bytes, HEAD_BYTES, ids);
  for (const column of Object.values(fixes)) at = readColumn(bytes, at, column);
  return { count, responders: Array.from(ids, (id) => names.nameOf(id)), ...fixes };
}
