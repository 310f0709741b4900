import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { advance } from '@maplewall/shared/world/fold.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { playSegment } from './play-segment.ts';
import { etagOf } from './segment-store.ts';
import { VerifyReader, type SegmentAndNext } from './verify-reader.ts';

export interface VerifyOptions {
  readonly logFile: string;
  /** The file of history. */
  readonly file: string;
  /** Minutes to be looked at: from this one, up to but without that one. */
  readonly from: MinuteNo;
  readonly to: MinuteNo;
  /** Told of each fault when it is found. */
  readonly onFault: (minute: MinuteNo, sentence: string) => void;
}

export interface VerifySummary {
  readonly segments: number;
  /** Segments that are going to be made, or made anew, by themselves. */
  readonly waiting: number;
  /** Minutes of which the segment is all that is left. */
  readonly final: number;
  /** Places where what came late ends, because the minute that follows is final. */
  readonly seams: number;
  /** Records that came for a final minute afterwards; no segment holds them. */
  readonly recordsAfter: number;
  readonly faults: number;
}

/**
 * Checks history against itself and against the log. It only reads, and a gateway may go on beside it.
 * @throws when a file cannot be read
 */
export function verifyHistory(options: VerifyOptions): VerifySummary {
  const reader = new VerifyReader(options.file, options.logFile, options.from, options.to);
  let faults = 0;
  const found = (minute: MinuteNo, sentence: string): void => {
    faults += 1;
    options.onFault(minute, sentence);
  };
  try {
    let segments = 0;
    for (const minute of reader.segmentMinutes()) {
      segments += 1;
      const segment = reader.segmentAndNext(minute);
      if (segment !== undefined) for (const sentence of faultsOf(minute, segment)) found(minute, sentence);
    }
    for (const { minute, isFinal } of reader.minutesWithout())
      found(
        minute,
        isFinal
          ? 'The segment is lost, and the positions that it was made of are not in the log any more.'
          : 'It has records, but no segment, and does not wait for one.',
      );
    for (const [minute, count] of reader.unknownRecords())
      found(minute, `History does not know ${count} of the records that the log holds of it.`);
    for (const [minute, count] of reader.missingRecords())
      found(minute, `${count} of its records are not in the log, and were never to be forgotten.`);
    return {
      segments,
      waiting: reader.count('dirty'),
      final: reader.count('final'),
      seams: reader.count('final', 'seam = 1'),
      recordsAfter: reader.count('after'),
      faults,
    };
  } finally {
    reader.close();
  }
}

/** What is wrong with one segment, in sentences. */
function* faultsOf(minute: MinuteNo, { etag, startHash, bytes, next }: SegmentAndNext): Generator<string> {
  if (etagOf(bytes) !== etag) yield 'The bytes of the segment are not those that its hash was made of.';
  const played = playSegment(minute, bytes);
  if (!played.ok) {
    yield `The segment cannot be played. ${faultSentence(played.fault, 'en')}`;
    return;
  }
  if (played.value.startHash !== startHash)
    yield 'The keyframe is another world than the one that history noted for its beginning.';
  if (next === undefined || next.isSeam) return;
  const { end } = played.value;
  advance(end, startOfMinute(next.minute));
  if (worldHash(end) !== next.startHash)
    yield 'It ends with another world than the one that the next segment begins with.';
}
