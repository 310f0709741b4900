import { fail, ok, type Result } from '../domain/fault.ts';
import { epochMs, frameNo, seqNo } from '../domain/units.ts';
import { ByteReader } from './bytes.ts';
import { openCapsule } from './capsule.ts';
import { readFixes } from './fix-columns.ts';
import { HAS_FIXES, HAS_SOURCES, HAS_TEXT, PARTS } from './encode-frame.ts';
import { makeFixRows } from './fix-rows.ts';
import { readSources, readText } from './frame-words.ts';
import type { SentFrame } from './frame.ts';
import { MAX_EPOCH_MS } from './json-checks.ts';

/**
 * The frame that these bytes are. Any other bytes give a Fault: frame.magic, frame.version, frame.truncated or
 * frame.malformed. Never throws, and takes no more time and memory than the length of the bytes justifies.
 */
export function decodeFrame(bytes: Uint8Array): Result<SentFrame> {
  const body = openCapsule('frame', bytes);
  if (!body.ok) return body;
  const reader = new ByteReader(body.value);
  const from = reader.varint();
  const stepsAndParts = reader.varint();
  const to = from + Math.floor(stepsAndParts / PARTS);
  const parts = stepsAndParts % PARTS;
  const at = reader.varint();
  const seq = reader.varint();
  if (reader.failed) return fail('frame.truncated');
  if (to > Number.MAX_SAFE_INTEGER) return fail('frame.malformed', 'to', { reason: 'number' });
  if (at > MAX_EPOCH_MS) return fail('frame.malformed', 'at', { reason: 'time' });

  const sources = parts & HAS_SOURCES ? readSources(reader, at) : [];
  if (reader.failed) return fail('frame.truncated');
  if (sources === undefined) return fail('frame.malformed', 'sources', { reason: 'sources' });
  const text = parts & HAS_TEXT ? readText(reader, { at, seq }, sources) : { events: [], risks: [] };
  if (reader.failed) return fail('frame.truncated');
  if (typeof text === 'string') return fail('frame.malformed', text, { reason: text });
  const fixes = parts & HAS_FIXES ? readFixes(reader, Math.floor(at / 1000)) : makeFixRows(0);
  if (reader.failed) return fail('frame.truncated');
  if (typeof fixes === 'string') return fail('frame.malformed', 'fixes', { reason: fixes });
  if (reader.left > 0) return fail('frame.malformed', '', { reason: 'bytes left over' });
  return ok({
    from: frameNo(from),
    to: frameNo(to),
    at: epochMs(at),
    seq: seqNo(seq),
    sources,
    ...text,
    fixes,
    clearedSlots: [],
  });
}
