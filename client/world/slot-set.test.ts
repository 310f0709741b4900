import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotSet } from './slot-set.ts';

describe('touched slots', () => {
  it('come out once each, in the order in which they came, round after round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 5_000 }), { maxLength: 60 }), { maxLength: 6 }),
        (rounds) => {
          const slots = new SlotSet();
          for (const round of rounds) {
            slots.clear();
            for (const slot of round) slots.add(slot);
            expect([...slots.toArray()]).toEqual([...new Set(round)]);
            expect(slots.size).toBe(new Set(round).size);
          }
        },
      ),
      { seed: 20_261_123, numRuns: 200 },
    );
  });
});
