import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptCurve,
  acceptsAfter,
  conductFigures,
  conductOf,
  tripSeconds,
  type Answer,
  type Trip,
} from './conduct.ts';

const answer = fc.record({
  seconds: fc.nat({ max: 120 }),
  answer: fc.constantFrom('accepted' as const, 'refused' as const, 'open' as const),
});

describe('the curve of acceptances', () => {
  it('is the plain share where every offer was answered', () => {
    fc.assert(
      fc.property(
        fc.array(
          answer.filter((one) => one.answer !== 'open'),
          { minLength: 1, maxLength: 60 },
        ),
        fc.nat({ max: 120 }),
        (answers, upTo) => {
          const { seconds, shares } = acceptCurve(answers);
          const plain = answers.filter((one) => one.answer === 'accepted' && one.seconds <= upTo).length;
          const index = seconds.findLastIndex((after) => after <= upTo);
          expect(shares[index] ?? 0).toBeCloseTo(plain / answers.length, 9);
        },
      ),
    );
  });

  it('rises, and never above one, whatever was taken back', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 60 }), (answers) => {
        const { shares } = acceptCurve(answers);
        for (const [index, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(shares[index - 1] ?? 0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('does not take who was taken back for somebody who refused', () => {
    // Of the two who were still asked after a second, one accepted: as many would have of those taken back.
    const { shares } = acceptCurve([
      { seconds: 1, answer: 'open' },
      { seconds: 1, answer: 'open' },
      { seconds: 5, answer: 'accepted' },
      { seconds: 9, answer: 'refused' },
    ]);
    expect(shares).toEqual([0.5]);
  });

  it('gives the luckier the sooner answer, and none beyond its last share', () => {
    const curve = acceptCurve([
      { seconds: 4, answer: 'accepted' },
      { seconds: 8, answer: 'accepted' },
      { seconds: 30, answer: 'refused' },
      { seconds: 60, answer: 'refused' },
    ]);
    expect([0, 0.24, 0.26, 0.49, 0.51].map((luck) => acceptsAfter(curve, luck))).toEqual([
      4,
      4,
      8,
      8,
      undefined,
    ]);
  });
});

describe('conduct', () => {
  const many = (mode: Answer['mode'], count: number, seconds: number): readonly Answer[] =>
    Array.from({ length: count }, () => ({ mode, seconds, answer: 'accepted' as const }));
  const trips = (mode: Trip['mode'], count: number, waySeconds: number, pace: number): readonly Trip[] =>
    Array.from({ length: count }, () => ({ mode, waySeconds, tookSeconds: waySeconds * pace }));

  it('is that of all where a kind was hardly seen', () => {
    const conduct = conductOf([...many('walk', 30, 20), ...many('car', 3, 5)], []);
    expect(conduct('walk').accepts.seconds[0]).toBe(20);
    expect(conduct('car').accepts.seconds).toContain(20);
  });

  it('takes the pace from ways of similar length', () => {
    const conduct = conductOf([], [...trips('walk', 50, 20, 3), ...trips('walk', 50, 200, 1.5)]);
    expect(tripSeconds(conduct('walk'), 20, 0.5)).toBe(60);
    expect(tripSeconds(conduct('walk'), 200, 0.5)).toBe(300);
    expect(tripSeconds(conduct('walk'), 1_000, 0.99)).toBe(1_500);
  });

  it('keeps whoever accepted for as long as an incident usually keeps people of their kind, and half an hour where nobody knows', () => {
    const engagements = Array.from({ length: 5 }, (_, at) => ({ mode: 'car' as const, seconds: at * 100 }));
    expect(conductOf([], [], engagements)('car').busySeconds).toBe(200);
    expect(conductOf([], [])('car').busySeconds).toBe(1_800);
  });

  it('is told by kind, with what it was made of', () => {
    const turnedBack: Trip = { mode: 'walk', waySeconds: 20, tookSeconds: undefined };
    expect(
      conductFigures(
        ['walk', 'car'],
        many('walk', 8, 20),
        [...trips('walk', 3, 20, 2), turnedBack],
        [600, 700, 900].map((seconds) => ({ mode: 'walk', seconds })),
      ),
    ).toEqual([
      {
        mode: 'walk',
        offers: 8,
        acceptedShare: 1,
        medianAcceptSeconds: 20,
        comes: 0.75,
        medianBusySeconds: 700,
        trips: 3,
        medianPace: 2,
      },
    ]);
  });
});
