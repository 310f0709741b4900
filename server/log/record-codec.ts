import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';

/** A record as it stands in the table; `body` holds what the other columns do not. */
export interface RecordRow {
  readonly at: number;
  readonly received_at: number;
  readonly source: string;
  readonly key: string;
  readonly mode: string;
  /** 0 event (JSON), 1 positions (packed columns), 2 positions compressed with zstd. */
  readonly form: number;
  readonly body: Uint8Array;
}

const FORM_EVENT = 0;
const FORM_POSITIONS = 1;
const FORM_POSITIONS_ZSTD = 2;

/** Below this, the head of a compressed block costs more than it saves. */
const COMPRESS_FROM_BYTES = 256;

const toText = new TextDecoder();
const toBytes = new TextEncoder();

export function encodeRecord(draft: RecordDraft): RecordRow {
  const head = {
    at: draft.at,
    received_at: draft.receivedAt,
    source: draft.source,
    key: draft.key,
    mode: draft.mode,
  };
  if (draft.type === 'event')
    return { ...head, form: FORM_EVENT, body: toBytes.encode(JSON.stringify(draft.event)) };
  const packed = packFixes(draft.fixes);
  return packed.length < COMPRESS_FROM_BYTES
    ? { ...head, form: FORM_POSITIONS, body: packed }
    : { ...head, form: FORM_POSITIONS_ZSTD, body: zstdCompressSync(packed) };
}

export function decodeRecord(seq: number, row: RecordRow): LogRecord {
  const head = {
    seq: seqNo(seq),
    at: epochMs(row.at),
    receivedAt: epochMs(row.received_at),
    source: row.source as SourceId,
    key: row.key,
    mode: row.mode as Mode,
  };
  if (row.form === FORM_EVENT)
    return { ...head, type: 'event', event: JSON.parse(toText.decode(row.body)) as CityEvent };
  const packed = row.form === FORM_POSITIONS_ZSTD ? zstdDecompressSync(row.body) : row.body;
  return { ...head, type: 'positions', fixes: unpackFixes(packed) };
}

/*
 *   u32 count · u32 bytes of names · names (UTF-8, one a line)
 *   then column by column, so that like stands beside like:
 *   who u32 · lng i32 · lat i32 · fixAt u32 · deviceAt u32 · speed u16 · course u16 · accuracy u16 · battery u8
 */
const BYTES_PER_FIX = 5 * 4 + 3 * 2 + 1;

function packFixes(fixes: FixColumns): Uint8Array {
  const names = toBytes.encode(fixes.responders.join('\n'));
  const { count } = fixes;
  const bytes = new Uint8Array(8 + names.length + count * BYTES_PER_FIX);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, names.length, true);
  bytes.set(names, 8);
  let at = 8 + names.length;
  for (const column of columnsOf(fixes)) {
    const part = new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const columnsOf = (fixes: FixColumns) =>
  [
    fixes.who,
    fixes.lngE5,
    fixes.latE5,
    fixes.fixAtSeconds,
    fixes.deviceAtSeconds,
    fixes.speed,
    fixes.course,
    fixes.accuracy,
    fixes.battery,
  ] as const;

function unpackFixes(bytes: Uint8Array): FixColumns {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint32(0, true);
  const namesLength = view.getUint32(4, true);
  const names = toText.decode(bytes.subarray(8, 8 + namesLength));
  let at = 8 + namesLength;
  /** A copy, because a typed array must begin at a multiple of its element's size. */
  const take = (bytesPerElement: number): ArrayBuffer => {
    const part = new Uint8Array(count * bytesPerElement);
    part.set(bytes.subarray(at, at + part.length));
    at += part.length;
    return part.buffer;
  };
  return {
    count,
    responders: (names === '' ? [] : names.split('\n')) as ResponderId[],
    who: new Uint32Array(take(4)),
    lngE5: new Int32Array(take(4)),
    latE5: new Int32Array(take(4)),
    fixAtSeconds: new Uint32Array(take(4)),
    deviceAtSeconds: new Uint32Array(take(4)),
    speed: new Uint16Array(take(2)),
    course: new Uint16Array(take(2)),
    accuracy: new Uint16Array(take(2)),
    battery: new Uint8Array(take(1)),
  };
}
