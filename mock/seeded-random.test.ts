import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

describe('seeded random numbers', () => {
  test('are the same for the same seed and stream', () => {
    const draw = () => {
      const random = seededRandom(7, 'roads');
      return Array.from({ length: 50 }, () => random.next());
    };
    expect(draw()).toEqual(draw());
  });

  test('of one stream tell nothing about another', () => {
    const one = seededRandom(7, 'roads');
    const two = seededRandom(7, 'roads2');
    expect(Array.from({ length: 5 }, () => one.next())).not.toEqual(
      Array.from({ length: 5 }, () => two.next()),
    );
  });

  test('spread evenly', () => {
    const random = seededRandom(3, 'even');
    const counts = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 50_000; draw += 1) {
      const index = random.below(5);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  test('stay in their range and pick by weight', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (seed, low) => {
        const random = seededRandom(seed, 'range');
        const drawn = random.between(low, low + 10);
        expect(drawn >= low && drawn <= low + 10).toBe(true);
        expect(random.pickIndex([0, 2, 0, 1])).toBeOneOf([1, 3]);
      }),
      { seed: 11 },
    );
  });

  test('shuffle without losing anything', () => {
    const list = Array.from({ length: 30 }, (_, index) => index);
    const shuffled = seededRandom(1, 'shuffle').shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((one, two) => one - two)).toEqual(list);
  });

  test('refuse to pick from nothing', () => {
    const random = seededRandom(1, 'nothing');
    expect(() => random.pick([])).toThrow('nothing to pick from');
    expect(() => random.pickIndex([0, 0])).toThrow('no weight is above 0');
  });

  test('wait as long on average as asked', () => {
    const random = seededRandom(5, 'wait');
    let sum = 0;
    for (let draw = 0; draw < 20_000; draw += 1) sum += random.exponential(30);
    expect(sum / 20_000).toBeCloseTo(30, -0.5);
  });
});
