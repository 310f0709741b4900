import * as fc from 'fast-check';
import { FORMAT_VERSION } from './capsule.ts';
import { describe, expect, it } from 'vitest';
import { minuteNo } from '../domain/units.ts';
import { frameKind } from './frame-kind.ts';
import { decodeSegment, encodeSegment } from './segment.ts';

describe('a segment', () => {
  it('[SEG1] gives back its minute, its keyframe and its frames, byte by byte', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 68_374_080 }),
        fc.uint8Array(),
        fc.array(fc.uint8Array(), { maxLength: 60 }),
        (minute, keyframe, frames) => {
          const segment = { minute: minuteNo(minute), keyframe, frames };
          const bytes = encodeSegment(segment);
          expect(decodeSegment(bytes)).toEqual({ ok: true, value: segment });
          expect(frameKind(bytes)).toBeUndefined();
        },
      ),
      { seed: 20_261_123, numRuns: 500 },
    );
  });

  it('[SEG2] of a minute beyond the year 2100, or of another version, is refused', () => {
    const bytes = encodeSegment({ minute: minuteNo(68_374_081), keyframe: new Uint8Array(0), frames: [] });
    expect(decodeSegment(bytes)).toMatchObject({ ok: false, fault: { code: 'frame.malformed' } });
    const newer = bytes.slice();
    newer[2] = FORMAT_VERSION + 1;
    expect(decodeSegment(newer)).toMatchObject({
      ok: false,
      fault: { code: 'frame.version', values: { version: FORMAT_VERSION + 1 } },
    });
  });
});
