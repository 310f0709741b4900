import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixAge, GHOST_AFTER_SECONDS, STALE_AFTER_SECONDS } from './ageing.ts';

describe('ageing', () => {
  it('never takes a stale fix, or an age that is no number, for a fresh one', () => {
    fc.assert(
      fc.property(fc.double(), (age) => {
        const isFresh = age < STALE_AFTER_SECONDS;
        const isGhost = age >= GHOST_AFTER_SECONDS;
        expect(fixAge(age)).toBe(isFresh ? 'fresh' : isGhost ? 'ghost' : 'stale');
      }),
      { seed: 31, numRuns: 2_000 },
    );
  });

  it('has its edges where they are said to be', () => {
    expect([0, 89.9, 90, 599.9, 600].map(fixAge)).toEqual(['fresh', 'fresh', 'stale', 'stale', 'ghost']);
  });
});
