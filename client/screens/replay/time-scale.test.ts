import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { momentAt, pinched, shareOf, showing, ticksOf, withEnd, zoomed, type Span } from './time-scale.ts';

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

  it('keeps the moments under two fingers where they are, and is no shorter than a minute nor longer than the day', () => {
    const held = [momentAt(DAY, 0.4), momentAt(DAY, 0.5)] as const;
    const near = pinched(DAY, DAY, held, [0.2, 0.8]);
    expect(Math.abs(momentAt(near, 0.2) - held[0])).toBeLessThanOrEqual(1);
    expect(Math.abs(momentAt(near, 0.8) - held[1])).toBeLessThanOrEqual(1);
    expect(pinched(near, DAY, held, [0.49, 0.5])).toEqual(DAY);
    const closest = pinched(DAY, DAY, [held[0], epochMs(held[0] + 1)], [0, 1]);
    expect(closest.to - closest.from).toBe(60_000);
    expect(pinched(near, DAY, held, [0.8, 0.2])).toBe(near);
    expect(pinched(near, DAY, held, [0.5, 0.5])).toBe(near);
  });

  it('has its passage from the end that is set, the other being that of the day until it is set as well', () => {
    const [one, other] = [momentAt(DAY, 0.25), momentAt(DAY, 0.5)];
    const begun = withEnd(undefined, 'from', one, DAY);
    expect(begun).toEqual({ from: one, to: DAY.to });
    expect(withEnd(begun, 'to', other, DAY)).toEqual({ from: one, to: other });
    expect(withEnd(undefined, 'to', other, DAY)).toEqual({ from: DAY.from, to: other });
    expect(withEnd({ from: DAY.from, to: one }, 'from', other, DAY)).toEqual({ from: other, to: DAY.to });
    expect(withEnd({ from: other, to: DAY.to }, 'to', one, DAY)).toEqual({ from: DAY.from, to: one });
    expect(withEnd(undefined, 'from', DAY.to, DAY)).toBeUndefined();
  });

  it('has ticks at round times of the day, as many as there is room for', () => {
    const hours = (span: Span, most: number) =>
      ticksOf(span, DAY.from, most).map((at) => (at - DAY.from) / 3_600_000);
    expect(hours(DAY, 12)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
    expect(hours(DAY, 3)).toEqual([0, 8, 16, 24]);
    const hour = { from: epochMs(DAY.from + 3_600_000 * 7.1), to: epochMs(DAY.from + 3_600_000 * 8.1) };
    expect(hours(hour, 5)).toEqual([7.25, 7.5, 7.75, 8]);
  });
});
