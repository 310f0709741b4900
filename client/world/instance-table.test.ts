import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InstanceTable } from './instance-table.ts';

describe('a table of rows', () => {
  it('uploads exactly what makes the copy equal, and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(3_000), { maxLength: 20 }), { minLength: 1, maxLength: 12 }),
        (batches) => {
          const table = new InstanceTable(4, 16);
          let copy = new Uint8Array(0);
          let generation = -1;
          for (const [value, rows] of batches.entries()) {
            for (const row of rows) {
              table.reserve(row + 1);
              table.count = Math.max(table.count, row + 1);
              table.bytes[row * 4] = value + 1;
              table.touch(row);
            }
            if (table.generation !== generation) {
              generation = table.generation;
              const larger = new Uint8Array(table.capacity * 4);
              larger.set(copy.subarray(0, larger.length));
              copy = larger;
            }
            table.takeDirty((start, end) => {
              copy.set(table.bytes.subarray(start, end), start);
            });
            const used = table.count * 4;
            expect(copy.subarray(0, used)).toEqual(table.bytes.subarray(0, used));
            table.takeDirty(() => {
              throw new Error('nothing has changed since');
            });
          }
        },
      ),
      { seed: 41, numRuns: 60 },
    );
  });
});
