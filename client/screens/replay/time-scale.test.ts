import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { momentAt, shareOf, showing, ticksOf, zoomed, type Span } from './time-scale.ts';

const DAY: Span = { from: epochMs(1_795_276_800_000), to: epochMs(1_795_276_800_000 + 86_400_000) };

describe('a time line', () => {
  it('shows a part of the day that never leaves it and is a minute at least, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            share: fc.double({ min: 0, max: 1, noNaN: true }),
            factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
            at: fc.nat(86_400_000),
          }),
          { maxLength: 20 },
        ),
        (moves) => {
          let span = DAY;
          for (const { share, factor, at } of moves) {
            span = zoomed(span, DAY, share, factor);
            expect(span.from).toBeGreaterThanOrEqual(DAY.from);
            expect(span.to).toBeLessThanOrEqual(DAY.to);
            expect(span.to - span.from).toBeGreaterThanOrEqual(60_000 - 1);
            const moment = epochMs(DAY.from + at);
            const moved = showing(span, DAY, moment);
            expect(shareOf(moved, moment)).toBeGreaterThanOrEqual(0);
            expect(shareOf(moved, moment)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('keeps the moment under the pointer where it is while it is zoomed', () => {
    const span = zoomed(DAY, DAY, 0.25, 0.1);
    expect(Math.abs(momentAt(span, 0.25) - momentAt(DAY, 0.25))).toBeLessThanOrEqual(1);
  });

  it('has ticks at round times of the day, as many as there is room for', () => {
    const hours = (span: Span, most: number) =>
      ticksOf(span, DAY.from, most).map((at) => (at - DAY.from) / 3_600_000);
    expect(hours(DAY, 12)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
    const hour = { from: epochMs(DAY.from + 3_600_000 * 7.1), to: epochMs(DAY.from + 3_600_000 * 8.1) };
    expect(hours(hour, 5)).toEqual([7.25, 7.5, 7.75, 8]);
  });
});
