import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter } from './bits.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { crc32 } from './crc32.ts';
import { estimateEntropy } from './entropy.ts';
import { readFixes, writeFixes } from './fix-columns.ts';
import { makeFixRows } from './fix-rows.ts';
import { ColumnReader, ColumnWriter } from './number-column.ts';
import {
  fold,
  frequenciesOf,
  leastOf,
  MODEL_COUNT,
  plainBits,
  symbolOf,
  SYMBOLS,
  unfold,
  type Family,
} from './number-models.ts';
import { fromStringRuns, toStringRuns } from './string-runs.ts';
import { makesAtMost, TOTAL } from './symbol-stream.ts';

const RUNS = { seed: 20_261_123, numRuns: 1_000 } as const;
const FAMILIES = ['signed', 'counts'] as const;

describe('bytes and bits', () => {
  it('a number comes out of its varint as it went in, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.maxSafeNat()),
        fc.array(fc.integer({ min: -(2 ** 52), max: 2 ** 52 })),
        (a, b) => {
          const writer = new ByteWriter();
          for (const value of a) writer.varint(value);
          for (const value of b) writer.signed(value);
          const reader = new ByteReader(writer.done());
          expect(a.map(() => reader.varint())).toEqual(a);
          expect(b.map(() => reader.signed())).toEqual(b);
          expect([reader.left, reader.failed]).toEqual([0, false]);
        },
      ),
      RUNS,
    );
  });

  it('a read past the end, or of a number above 2^53 - 1, fails for good', () => {
    const reader = new ByteReader(Uint8Array.of(1));
    expect([reader.byte(), reader.byte(), reader.failed]).toEqual([1, 0, true]);
    const large = new ByteReader(Uint8Array.of(...Array.from({ length: 7 }, () => 0xff), 0x1f, 5));
    expect([large.varint(), large.failed, large.byte()]).toEqual([0, true, 0]);
    const endless = new ByteReader(new Uint8Array(40).fill(0x80));
    expect([endless.varint(), endless.failed]).toEqual([0, true]);
  });

  it('bits come out as they went in, up to 48 at once', () => {
    const bits = fc
      .integer({ min: 0, max: 48 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: 2 ** Math.min(size, 31) - 1 })));
    fc.assert(
      fc.property(fc.array(bits), (given) => {
        const writer = new BitWriter();
        for (const [size, value] of given) writer.write(value * 2 ** Math.max(0, size - 31), size);
        const reader = new BitReader(writer.done());
        for (const [size, value] of given)
          expect(reader.read(size)).toBe(value * 2 ** Math.max(0, size - 31));
        expect(reader.complete).toBe(true);
      }),
      RUNS,
    );
  });

  it('the checksum is CRC-32 with its published check value', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });
});

describe('numbers as symbols', () => {
  it('each number has one symbol and one place in its octave', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(200), fc.nat(1 << 21), fc.nat(2 ** 40)), (value) => {
        const symbol = symbolOf(value);
        const offset = value - leastOf(symbol);
        expect(symbol).toBeLessThan(SYMBOLS);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThan(2 ** plainBits(symbol));
        expect(unfold(fold(value))).toBe(value);
        expect(unfold(fold(0 - value))).toBe(0 - value);
      }),
      { ...RUNS, numRuns: 5_000 },
    );
  });

  it('each distribution gives every symbol a share, all shares together the whole', () => {
    for (const family of FAMILIES) {
      for (let model = 0; model < MODEL_COUNT[family]; model += 1) {
        const frequencies = frequenciesOf(family, model);
        expect(frequencies.length).toBe(SYMBOLS);
        expect(Math.min(...frequencies)).toBeGreaterThanOrEqual(1);
        expect(frequencies.reduce((sum, share) => sum + share, 0)).toBe(TOTAL);
      }
    }
  });

  it('the distributions are those of version 1, to the bit', () => {
    const hash = createHash('sha256');
    for (const family of FAMILIES) {
      for (let model = 0; model < MODEL_COUNT[family]; model += 1)
        hash.update(frequenciesOf(family, model).join(' '));
    }
    expect(hash.digest('hex')).toBe('cdae1c513fee31c696774de81f1d6bc27e69e32cf2b7f649c650e49025bbf774');
  });
});

describe('columns', () => {
  const wide = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -2_000, max: 2_000 }),
    fc.integer({ min: -(2 ** 46), max: 2 ** 46 }),
  );
  const column = fc.record({
    family: fc.constantFrom(...FAMILIES),
    values: fc.array(wide, { maxLength: 300 }),
  });

  it('come out as they went in, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 5 }), (given) => {
        const columns = given.map(({ family, values }): { family: Family; values: Float64Array } => ({
          family,
          values: Float64Array.from(values, (value) => (family === 'counts' ? Math.abs(value) : value)),
        }));
        const writer = new ColumnWriter();
        for (const { family, values } of columns) writer.column(family, values);
        const bytes = new ByteWriter();
        writer.writeTo(bytes);
        const reader = new ColumnReader(new ByteReader(bytes.done()), columns.length);
        for (const { family, values } of columns) {
          expect(reader.canHold(values.length) || values.every((value) => value === 0)).toBe(true);
          const read = new Float64Array(values.length);
          reader.column(family, read);
          expect(read).toEqual(values);
        }
        expect(reader.complete).toBe(true);
      }),
      RUNS,
    );
  });

  it('of one number over and over stay within what their bytes are believed to hold', () => {
    for (const family of FAMILIES) {
      for (const value of [1, 2]) {
        for (const count of [1, 1_000, 100_000]) {
          const writer = new ColumnWriter();
          writer.column(family, new Float64Array(count).fill(value));
          const bytes = new ByteWriter();
          writer.writeTo(bytes);
          expect(new ColumnReader(new ByteReader(bytes.done()), 1).canHold(count)).toBe(true);
        }
      }
    }
    expect(makesAtMost(0)).toBe(0);
  });

  it('of noise take hardly more than their entropy', () => {
    const random = noise(7);
    const rows = makeFixRows(20_000);
    for (let row = 0; row < rows.count; row += 1) {
      rows.slot[row] =
        (row === 0 ? -1 : (rows.slot[row - 1] ?? 0)) + 1 + Math.floor(-Math.log(random()) * 4.5);
      rows.ageSeconds[row] = random() < 0.8 ? 1 : 2;
      rows.lngResidual[row] = Math.round((random() + random() + random() - 1.5) * 4);
      rows.latResidual[row] = Math.round((random() + random() + random() - 1.5) * 4);
    }
    const writer = new ByteWriter();
    writeFixes(writer, rows, 0, undefined);
    const { bytesPerFix, fixes } = estimateEntropy([rows]);
    expect(fixes).toBe(20_000);
    expect(writer.length / rows.count).toBeGreaterThan(bytesPerFix * 0.98);
    expect(writer.length / rows.count).toBeLessThan(bytesPerFix * 1.04);
    expect(readFixes(new ByteReader(writer.done()), 0)).toEqual(rows);
  });
});

describe('lists of names', () => {
  const name = fc.oneof(
    fc.nat(12).map((n) => `V-${String(n).padStart(4, '0')}`),
    fc.nat(110).map((n) => `队${n}`),
    fc.constantFrom('', 'Falcon', '9', '99', '999999999999999', '2026-11-23-00099'),
    fc.string({ maxLength: 20 }),
  );

  it('come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 200 }), (list) => {
        expect(fromStringRuns(JSON.parse(JSON.stringify(toStringRuns(list))))).toEqual(list);
      }),
      RUNS,
    );
  });

  it('that count up, or stay the same, are a few numbers', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `V-${String(i + 1).padStart(4, '0')}`);
    expect(toStringRuns([...ids, 'T-1', 'T-1', 'T-1'])).toEqual(['V-0001', 64, 35, 'T-1', -2]);
    expect(fromStringRuns(['G-099', 2])).toEqual(['G-099', 'G-100', 'G-101']);
    expect(toStringRuns(['r0002', 'r0007', 'r0009', 'r0010'])).toEqual(['r0002', 68, 65, 1]);
  });

  it.each([
    [3],
    ['x', 65],
    ['x1', 1.5],
    ['x', 1],
    ['x1', -65],
    ['x1', 10_063],
    [null],
    ['x', []],
    ['y'.repeat(257)],
  ])('are refused where they are none: %j', (...runs) => {
    expect(fromStringRuns(runs)).toBeUndefined();
  });
});

/** Numbers above 0 and below 1, the same at every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / 4_294_967_298;
  };
}
