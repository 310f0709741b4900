import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedParser } from './bounded-parser.ts';
import { frameOfDrawn } from './drawn-packet.ts';
import { toPacket } from './packet.ts';

const RUNS = { seed: 20_261_123, numRuns: 2_000 } as const;
const AS_THE_CLIENT_DOES = { options: { compress: true } };
const drawn = (frame: number): Buffer => toPacket('drawn', { frame }, AS_THE_CLIENT_DOES);

/** What the decoder makes of some bytes. */
function decoded(bytes: unknown): readonly unknown[] {
  const packets: unknown[] = [];
  const decoder = new (boundedParser(() => undefined).Decoder)();
  decoder.on('decoded', (packet) => packets.push(packet));
  decoder.add(bytes);
  return packets;
}

describe('an answer of a viewer', () => {
  it('is read without the parser, whatever its number up to 2^32 - 1, and the parser never sees it', () => {
    const edges = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 32 - 1];
    for (const frame of edges) {
      expect(frameOfDrawn(drawn(frame))).toBe(frame);
      expect(frameOfDrawn(drawn(frame)), 'the second one of a frame').toBe(frame);
      expect(decoded(drawn(frame))).toEqual([]);
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (frame) => {
        expect(frameOfDrawn(drawn(frame))).toBe(frame);
      }),
      RUNS,
    );
  });

  it('in any other form is left to the parser', () => {
    const others = [
      toPacket('drawn', { frame: 2 ** 33 }, AS_THE_CLIENT_DOES),
      toPacket('drawn', { frame: -1 }, AS_THE_CLIENT_DOES),
      toPacket('drawn', { frame: 1.5 }, AS_THE_CLIENT_DOES),
      toPacket('drawn', { frame: '7' }, AS_THE_CLIENT_DOES),
      toPacket('drawn', { frame: 7, more: 1 }, AS_THE_CLIENT_DOES),
      toPacket('drawn', { frame: 7 }),
      toPacket('hello', { frame: 7 }, AS_THE_CLIENT_DOES),
    ];
    for (const other of others) {
      expect(frameOfDrawn(other)).toBeUndefined();
      expect(decoded(other)).toHaveLength(1);
    }
    expect(frameOfDrawn('drawn')).toBeUndefined();
  });

  it('that was damaged anywhere is no answer, unless what was damaged is its number', () => {
    const whole = drawn(70_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (place, change) => {
          const bytes = Buffer.from(whole);
          bytes[place] = (bytes[place] ?? 0) ^ change;
          const frame = frameOfDrawn(bytes);
          expect(frame === undefined || drawn(frame).equals(bytes) || isLongerThanNeeded(frame)).toBe(true);
        },
      ),
      RUNS,
    );
  });
});

/** Four bytes may hold a number for which two are enough; it is the same number. */
const isLongerThanNeeded = (frame: number): boolean => frame < 65_536;
