import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, minuteNo, minuteOf } from '@maplewall/shared/domain/units.ts';
import { decodeSegment, encodeSegment } from '@maplewall/shared/frame/segment.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { Archive, fixed, happened, sure } from './event-time.fixture.ts';
import { etagOf } from './segment-store.ts';
import { verifyHistory, type VerifySummary } from './verify.ts';

const START = Date.UTC(2026, 10, 20, 8);
const FIRST = minuteOf(epochMs(START));
const ALL = { from: minuteNo(0), to: minuteNo(FIRST + 10_000) };

let archive: Archive;
let copies = 0;
/** Ten minutes, then a quiet one, then ten again. */
beforeAll(async () => {
  archive = await Archive.open(START + 3_600_000);
  const checkIn = {
    kind: 'responder.checkedIn',
    responderId: 'r1' as ResponderId,
    responderKind: 'sentry',
    callSign: 'S',
  } as const;
  await archive.append(happened(START, checkIn));
  for (let minute = 0; minute < 21; minute += 1)
    if (minute !== 10)
      await archive.append(fixed(START + minute * 60_000 + 5_000, 'r1', 12_055_000 + minute));
  archive.finish();
});
afterAll(() => archive.close());

/** What is said of a copy in which something was broken. */
function afterBreaking(breakIt: (history: DatabaseSync, log: DatabaseSync) => void): {
  readonly lines: readonly string[];
  readonly summary: VerifySummary;
} {
  copies += 1;
  const files = ['history.db', 'log.db'].map((name) => {
    const copy = join(archive.folder, `${copies}-${name}`);
    const original = new DatabaseSync(join(archive.folder, name), { readOnly: true });
    original.exec(`VACUUM INTO '${copy}'`);
    original.close();
    return copy;
  });
  const [file = '', logFile = ''] = files;
  const history = new DatabaseSync(file);
  const log = new DatabaseSync(logFile);
  breakIt(history, log);
  history.close();
  log.close();
  const lines: string[] = [];
  const summary = verifyHistory({
    file,
    logFile,
    ...ALL,
    onFault: (minute, sentence) => lines.push(`${minute - FIRST} ${sentence}`),
  });
  for (const each of files) rmSync(each);
  return { lines, summary };
}

describe('verifying history', () => {
  it('finds nothing in what is right, and counts what it looked at', () => {
    expect(afterBreaking(() => undefined)).toEqual({
      lines: [],
      summary: { segments: 20, waiting: 0, final: 0, seams: 0, recordsAfter: 0, faults: 0 },
    });
  });

  it('finds bytes that are not those of their hash', () => {
    const { lines } = afterBreaking((history) =>
      history.exec(`UPDATE segments SET etag = 'another' WHERE minute = ${FIRST + 3}`),
    );
    expect(lines).toEqual(['3 The bytes of the segment are not those that its hash was made of.']);
  });

  it.each([
    ['cut short', 'substr(bytes, 1, length(bytes) - 9)', /^4 The segment cannot be played\./],
    ['of another minute', `(SELECT bytes FROM segments WHERE minute = ${FIRST + 5})`, /another minute/],
  ])('finds a segment that is %s', (_, bytes, sentence) => {
    const { lines } = afterBreaking((history) =>
      history.exec(`UPDATE segments SET bytes = ${bytes} WHERE minute = ${FIRST + 4}`),
    );
    expect(lines).toEqual([
      '4 The bytes of the segment are not those that its hash was made of.',
      expect.stringMatching(sentence),
    ]);
  });

  it('finds a broken frame within bytes that have their hash', () => {
    const { lines } = afterBreaking((history) => {
      const stored = archive.store.segment(minuteNo(FIRST + 4))?.bytes ?? new Uint8Array();
      const body = inflateRawSync(stored.subarray(1));
      const { keyframe, frames } = sure(decodeSegment(new Uint8Array(body)));
      const broken = frames.with(30, frames[30]?.toReversed() ?? new Uint8Array());
      const bytes = putInEnvelope(
        encodeSegment({ minute: minuteNo(FIRST + 4), keyframe, frames: broken }),
        false,
      );
      history
        .prepare(`UPDATE segments SET bytes = ?, etag = ? WHERE minute = ${FIRST + 4}`)
        .run(bytes, etagOf(bytes));
    });
    expect(lines).toEqual([expect.stringMatching(/^4 The segment cannot be played\. /)]);
  });

  it('finds a world that is not the one its hash says, and the neighbour that leads elsewhere', () => {
    const { lines } = afterBreaking((history) =>
      history.exec(`UPDATE segments SET start_hash = '0123456789abcdef' WHERE minute = ${FIRST + 11}`),
    );
    // Over the quiet minute.
    expect(lines).toEqual([
      '9 It ends with another world than the one that the next segment begins with.',
      '11 The keyframe is another world than the one that history noted for its beginning.',
    ]);
  });

  it('finds a segment that is whole in itself and does not follow the one before', () => {
    // The record is gone from one minute's segment only: the next one begins as if it were still there.
    const { lines } = afterBreaking((history) => {
      history.exec(
        `DELETE FROM segments WHERE minute = ${FIRST + 6}; DELETE FROM arrivals WHERE minute = ${FIRST + 6}`,
      );
    });
    expect(lines).toEqual([
      '5 It ends with another world than the one that the next segment begins with.',
      '6 History does not know 1 of the records that the log holds of it.',
    ]);
  });

  it('finds minutes with records that have no segment, and none that wait', () => {
    const without = (more: string) =>
      afterBreaking((history) => history.exec(`DELETE FROM segments WHERE minute = ${FIRST + 20}; ${more}`));
    expect(without('').lines).toEqual(['20 It has records, but no segment, and does not wait for one.']);
    const waiting = without(`INSERT INTO dirty VALUES (${FIRST + 20}, 0)`);
    expect(waiting).toMatchObject({ lines: [], summary: { segments: 19, waiting: 1 } });
  });

  it('does not compare with what waits to be made anew', () => {
    const { lines } = afterBreaking((history) =>
      history.exec(
        `DELETE FROM segments WHERE minute = ${FIRST + 6}; INSERT INTO dirty VALUES (${FIRST + 6}, 0)`,
      ),
    );
    expect(lines).toEqual([]);
  });

  it('finds records that are gone from the log, unless they were to be forgotten', () => {
    const gone = (more: string) =>
      afterBreaking((history, log) => {
        log.exec(`DELETE FROM records WHERE seq IN (5, 6)`);
        history.exec(more);
      }).lines;
    expect(gone('')).toEqual([
      '3 1 of its records are not in the log, and were never to be forgotten.',
      '4 1 of its records are not in the log, and were never to be forgotten.',
    ]);
    const final = [3, 4]
      .map((minute) => `INSERT INTO final VALUES (${FIRST + minute}, 99, 0, 0, 0)`)
      .join(';');
    expect(gone(final)).toEqual([]);
    expect(gone(`${final}; DELETE FROM segments WHERE minute = ${FIRST + 4}`)).toEqual([
      '3 It ends with another world than the one that the next segment begins with.',
      '4 The segment is lost, and the positions that it was made of are not in the log any more.',
    ]);
  });

  it('reads a file from before minutes could be final', () => {
    const { lines, summary } = afterBreaking((history) => history.exec('DROP TABLE final; DROP TABLE after'));
    expect([lines, summary.segments, summary.final]).toEqual([[], 20, 0]);
  });
});
