import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRECINCT_COUNTERS, type PrecinctCounter } from '../domain/precinct-counts.ts';
import { fengqiaoIndex, INDEX_PARTS, LEAST_CASES } from './fengqiao-index.ts';

const row = (counts: Partial<Record<PrecinctCounter, number>>): readonly number[] =>
  PRECINCT_COUNTERS.map((name) => counts[name] ?? 0);
const full = {
  arrived: 100,
  'arrived.30': 20,
  nonPolice: 50,
  'nonPolice.diverted': 25,
  'dispute.reported': 40,
  'dispute.settled': 10,
  'hazard.found': 80,
  'hazard.putRight': 60,
  'request.received': 40,
  'request.settled': 36,
} as const;

describe('the Fengqiao index (trial)', () => {
  it('is the mean of its five shares', () => {
    const { parts, stations } = fengqiaoIndex(new Map([['east', row(full)]]));
    expect(parts).toHaveLength(5);
    expect(stations[0]?.index?.value).toBeCloseTo((20 + 50 + 25 + 75 + 90) / 5);
    expect(stations[0]?.cases).toBe(310);
  });

  it('is not told of a station that has too few cases of any part, which stands last', () => {
    const { stations } = fengqiaoIndex(
      new Map([
        ['few', row({ ...full, nonPolice: LEAST_CASES - 1, 'nonPolice.diverted': 5 })],
        ['enough', row(full)],
      ]),
    );
    expect(stations.map(({ precinct, index }) => [precinct, index !== undefined])).toEqual([
      ['enough', true],
      ['few', false],
    ]);
  });

  it('leaves out for all stations a part that the city has no data of', () => {
    const without = { ...full, 'request.received': 0, 'request.settled': 0 };
    const { parts, stations } = fengqiaoIndex(new Map([['east', row(without)]]));
    expect(parts).not.toContain('requests');
    expect(stations[0]?.index?.value).toBeCloseTo((20 + 50 + 25 + 75) / 4);
  });

  it('is none with fewer than three parts', () => {
    const { stations } = fengqiaoIndex(
      new Map([['east', row({ arrived: 99, 'arrived.30': 9, nonPolice: 99 })]]),
    );
    expect(stations[0]?.index).toBeUndefined();
  });

  it('counts more disputes settled than reported as all of them', () => {
    const { stations } = fengqiaoIndex(new Map([['east', row({ ...full, 'dispute.settled': 400 })]]));
    expect(stations[0]?.index?.value).toBeCloseTo((20 + 50 + 100 + 75 + 90) / 5);
  });

  it('has an interval that holds it, lies within 0 and 100, and narrows with more cases', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 400 }), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: 5,
          maxLength: 5,
        }),
        (given) => {
          const counts = (times: number): readonly number[] =>
            row(
              Object.fromEntries(
                Object.values(INDEX_PARTS).flatMap(({ done, all }, part) => {
                  const [cases = 0, share = 0] = given[part] ?? [];
                  const whole = (cases + LEAST_CASES) * times;
                  return [
                    [all, whole],
                    [done, Math.floor((cases + LEAST_CASES) * share) * times],
                  ];
                }),
              ),
            );
          const few = fengqiaoIndex(new Map([['east', counts(1)]])).stations[0]?.index;
          const many = fengqiaoIndex(new Map([['east', counts(50)]])).stations[0]?.index;
          if (few === undefined || many === undefined) throw new Error('there must be an index');
          for (const { value, low, high } of [few, many]) {
            expect(low).toBeGreaterThanOrEqual(0);
            expect(high).toBeLessThanOrEqual(100);
            expect(low).toBeLessThanOrEqual(value);
            expect(high).toBeGreaterThanOrEqual(value);
          }
          expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low);
        },
      ),
      { seed: 426, numRuns: 200 },
    );
  });
});
