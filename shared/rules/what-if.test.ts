import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRAVEL_MODES } from './travel.ts';
import { conductOf, type Answer, type Trip } from './conduct.ts';
import {
  AS_DONE,
  askingOf,
  courseOf,
  fatesOf,
  LONGEST_SECONDS,
  type Candidate,
  type Policy,
} from './what-if.ts';
import { whatIfFigures, type Situation } from './what-if-figures.ts';

const answers: readonly Answer[] = TRAVEL_MODES.flatMap((mode, kind) =>
  Array.from({ length: 40 }, (_, index): Answer => ({
    mode,
    seconds: 3 + ((index * 7) % 50),
    answer: index % (kind + 2) === 0 ? 'refused' : 'accepted',
  })),
);
const trips: readonly Trip[] = TRAVEL_MODES.flatMap((mode) =>
  Array.from({ length: 60 }, (_, index): Trip => ({
    mode,
    waySeconds: index * 4,
    tookSeconds: index % 9 === 0 ? undefined : index * 4 * (0.8 + (index % 5) / 5) + 10,
  })),
);
const conduct = conductOf(answers, trips);

const candidates = fc
  .array(
    fc.record({
      mode: fc.constantFrom(...TRAVEL_MODES),
      waySeconds: fc.integer({ min: 0, max: 400 }),
      asked: fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
    }),
    { minLength: 2, maxLength: 14 },
  )
  .map((list) =>
    list.map(({ asked, ...one }, key): Candidate => ({
      ...one,
      key,
      askedSeconds: key === 0 ? (asked ?? 3) : asked,
    })),
  );
const policy = fc.record({
  offers: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
  substituteSeconds: fc.option(fc.integer({ min: 10, max: 120 }), { nil: undefined }),
  withSupposed: fc.constant(false),
});
const NOBODY = { acceptsAfter: undefined, thereAfter: undefined };
const firstThere = (list: readonly Candidate[], other: Policy, draw: number): number =>
  courseOf(askingOf(list, other), fatesOf(list, 7, draw, conduct), other).seconds;

describe('an incident once more with another policy', () => {
  it('is never reached later when more are asked at once and everybody has the same luck', () => {
    fc.assert(
      fc.property(candidates, policy, fc.nat({ max: 99 }), (list, { offers = 3, ...rest }, draw) => {
        const fewer = firstThere(list, { ...rest, offers }, draw);
        expect(firstThere(list, { ...rest, offers: offers + 1 }, draw)).toBeLessThanOrEqual(fewer);
      }),
      { numRuns: 500 },
    );
  });

  it('is never reached later when a substitute is asked, or is asked sooner', () => {
    fc.assert(
      fc.property(
        candidates,
        policy,
        fc.integer({ min: 11, max: 120 }),
        fc.nat({ max: 99 }),
        (list, given, seconds, draw) => {
          const without = firstThere(list, { ...given, substituteSeconds: undefined }, draw);
          const late = firstThere(list, { ...given, substituteSeconds: seconds }, draw);
          const soon = firstThere(list, { ...given, substituteSeconds: seconds - 1 }, draw);
          expect(late).toBeLessThanOrEqual(without);
          expect(soon).toBeLessThanOrEqual(late);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('goes on down the list where the real dispatcher left off, and puts a supposed post where its way puts it', () => {
    const list: readonly Candidate[] = [
      { key: 1, mode: 'walk', waySeconds: 50, askedSeconds: undefined },
      { key: 2, mode: 'walk', waySeconds: 90, askedSeconds: 8 },
      { key: 3, mode: 'car', waySeconds: 120, askedSeconds: 5 },
      { key: 4, mode: 'run', waySeconds: 100, askedSeconds: undefined, isSupposed: true },
    ];
    const asked = (other: Partial<Policy>) => {
      const { asked: now, next } = askingOf(list, { ...AS_DONE, ...other });
      return [
        now.map(({ candidate, seconds }) => [list[candidate]?.key, seconds]),
        next.map((at) => list[at]?.key),
      ];
    };
    expect(asked({})).toEqual([
      [
        [3, 5],
        [2, 8],
      ],
      [1],
    ]);
    expect(asked({ offers: 1 })).toEqual([[[3, 5]], [2, 1]]);
    expect(asked({ offers: 3 })).toEqual([
      [
        [3, 5],
        [2, 5],
        [1, 5],
      ],
      [],
    ]);
    expect(asked({ withSupposed: true })).toEqual([
      [
        [4, 5],
        [3, 5],
        [2, 8],
      ],
      [1],
    ]);
    expect(asked({ offers: 1, withSupposed: true })).toEqual([[[4, 5]], [3, 2, 1]]);
  });

  it('asks one after the other while nobody accepts, and nobody any more once somebody has', () => {
    const fates = [NOBODY, { acceptsAfter: 40, thereAfter: 100 }, NOBODY, { acceptsAfter: 1, thereAfter: 2 }];
    const asking = { asked: [{ candidate: 0, seconds: 5 }], next: [1, 2, 3], fromSeconds: 5 };
    const course = (substituteSeconds: number | undefined) =>
      courseOf(asking, (place) => fates[place] ?? NOBODY, { ...AS_DONE, substituteSeconds });
    expect(course(undefined)).toMatchObject({ seconds: LONGEST_SECONDS, alerts: 1 });
    // Asked at 35 s, accepted at 75 s: at 65 s another one is asked, at 95 s nobody.
    expect(course(30)).toMatchObject({ seconds: 135, alerts: 3 });
    expect(course(60)).toMatchObject({ seconds: 165, alerts: 2 });
  });

  it('passes over who is not free, asks the next one in their place, and tells who set out', () => {
    const fates = [
      { acceptsAfter: 1, thereAfter: 10 },
      { acceptsAfter: 4, thereAfter: 50 },
      { acceptsAfter: 60, thereAfter: 90 },
    ];
    const asking = {
      asked: [
        { candidate: 0, seconds: 5 },
        { candidate: 2, seconds: 5 },
      ],
      next: [1],
      fromSeconds: 5,
    };
    const course = courseOf(
      asking,
      (place) => fates[place] ?? NOBODY,
      AS_DONE,
      (place) => place !== 0,
    );
    expect(course).toEqual({
      seconds: 55,
      alerts: 2,
      // Who would only have accepted after the first was there does not set out.
      taken: [{ candidate: 1, seconds: 9 }],
      passedOver: 1,
    });
  });
});

describe('the figures of another policy', () => {
  const situations = fc.array(
    fc.record({
      incidentId: fc.string({ minLength: 1, maxLength: 6 }),
      receivedSeconds: fc.integer({ min: 0, max: 900 }),
      candidates,
      arrivedSeconds: fc.option(fc.integer({ min: 5, max: 900 }), { nil: undefined }),
    }) satisfies fc.Arbitrary<Situation>,
    { minLength: 1, maxLength: 3 },
  );

  it('are nought for the policy that was used', () => {
    fc.assert(
      fc.property(situations, (list) => {
        const figures = whatIfFigures(list, conduct, AS_DONE);
        expect(figures.meanWonSeconds).toEqual({ value: 0, low: 0, high: 0 });
        expect(figures.alertsAfter).toBe(figures.alertsBefore);
        for (const { gained } of figures.within) expect(gained.value).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('are the same again for the same question', () => {
    fc.assert(
      fc.property(situations, policy, (list, other) => {
        expect(whatIfFigures(list, conduct, other)).toEqual(
          whatIfFigures(structuredClone(list), conduct, other),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('hold what they say in their intervals, and every incident once in their distribution', () => {
    fc.assert(
      fc.property(situations, policy, (list, other) => {
        const { medianWonSeconds, meanWonSeconds, within, distribution } = whatIfFigures(
          list,
          conduct,
          other,
        );
        for (const estimate of [
          medianWonSeconds,
          meanWonSeconds,
          ...within.flatMap((at) => [at.before, at.after]),
        ]) {
          expect(estimate?.low).toBeLessThanOrEqual(estimate?.value ?? 0);
          expect(estimate?.high).toBeGreaterThanOrEqual(estimate?.value ?? 0);
        }
        expect(distribution.reduce((sum, { incidents }) => sum + incidents, 0)).toBe(list.length);
      }),
      { numRuns: 20 },
    );
  });

  it('send nobody to a second incident while the first one has them, and have them again afterwards', () => {
    const certain = conductOf(
      Array.from({ length: 40 }, (): Answer => ({ mode: 'run', seconds: 0, answer: 'accepted' })),
      Array.from({ length: 40 }, (): Trip => ({ mode: 'run', waySeconds: 50, tookSeconds: 50 })),
      Array.from({ length: 40 }, () => ({ mode: 'run' as const, seconds: 600 })),
    );
    const person = (key: number, waySeconds: number, askedSeconds?: number): Candidate => ({
      key,
      mode: 'run',
      waySeconds,
      askedSeconds,
    });
    const incident = (
      incidentId: string,
      receivedSeconds: number,
      list: readonly Candidate[],
    ): Situation => ({ incidentId, receivedSeconds, candidates: list, arrivedSeconds: undefined });
    const first = incident('first', 1_000, [person(1, 50, 0), person(2, 50)]);
    // As it was done one was sent to each; with two at once the first incident has both.
    const soon = incident('soon', 1_100, [person(2, 50, 0), person(3, 200)]);
    const late = incident('late', 1_700, [person(2, 50, 0), person(3, 200)]);
    const two = { ...AS_DONE, offers: 2 };
    const together = whatIfFigures([soon, first], certain, two);
    expect(together.passedOverBefore).toBe(0);
    expect(together.passedOverAfter).toBe(1);
    expect(together.incidents.map(({ afterSeconds }) => afterSeconds)).toEqual([200, 50]);
    expect(together.incidents[0]?.wonSeconds).toBeLessThan(-100);
    const apart = whatIfFigures([first, late], certain, two);
    expect(apart.passedOverAfter).toBe(0);
    expect(apart.incidents.map(({ afterSeconds }) => afterSeconds)).toEqual([50, 50]);
  });

  it('agree with the chances that can be worked out by hand', () => {
    // Everybody accepts at once with a chance of a half and is then there in 50 s; so that two are reached by one of them in three of four cases.
    const halves = conductOf(
      Array.from({ length: 40 }, (_, index): Answer => ({
        mode: 'run',
        seconds: 0,
        answer: index % 2 === 0 ? 'accepted' : 'refused',
      })),
      Array.from({ length: 40 }, (): Trip => ({ mode: 'run', waySeconds: 50, tookSeconds: 50 })),
    );
    const list = Array.from({ length: 60 }, (_, index): Situation => ({
      incidentId: `I${index}`,
      receivedSeconds: 0,
      candidates: [1, 2, 3].map((person): Candidate => ({
        key: index * 10 + person,
        mode: 'run',
        waySeconds: 50,
        askedSeconds: person === 1 ? 0 : undefined,
      })),
      arrivedSeconds: undefined,
    }));
    const { within, extraAlerts } = whatIfFigures(list, halves, { ...AS_DONE, offers: 2 });
    expect(within[1]?.before.value).toBeCloseTo(1 / 2, 1);
    expect(within[1]?.after.value).toBeCloseTo(3 / 4, 1);
    expect(extraAlerts.value).toBe(1);
  });
});
