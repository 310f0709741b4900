import type { FixRows } from './frame.ts';

/** Bits per fix that no code can go below that knows each column's distribution and nothing else. */
export interface EntropyEstimate {
  readonly fixes: number;
  readonly slotBits: number;
  readonly ageBits: number;
  readonly lngBits: number;
  readonly latBits: number;
  /** The sum of these, in bytes per fix. */
  readonly bytesPerFix: number;
}

/**
 * The empirical entropy (order 0) of the columns that frames carry, over all fixes of the frames given: what
 * the bytes of the fixes are to be held against. With few fixes it is too low, because every rare value then
 * looks certain.
 */
export function estimateEntropy(frames: Iterable<FixRows>): EntropyEstimate {
  const slots = new Map<number, number>();
  const ages = new Map<number, number>();
  const lngs = new Map<number, number>();
  const lats = new Map<number, number>();
  let fixes = 0;
  for (const rows of frames) {
    fixes += rows.count;
    for (let row = 0; row < rows.count; row += 1) {
      tally(slots, (rows.slot[row] ?? 0) - (row === 0 ? -1 : (rows.slot[row - 1] ?? 0)));
      tally(ages, rows.ageSeconds[row] ?? 0);
      tally(lngs, rows.lngResidual[row] ?? 0);
      tally(lats, rows.latResidual[row] ?? 0);
    }
  }
  const [slotBits, ageBits, lngBits, latBits] = [slots, ages, lngs, lats].map((of) => bitsPer(of, fixes));
  const bits = [slotBits, ageBits, lngBits, latBits].reduce<number>((sum, own) => sum + (own ?? 0), 0);
  return {
    fixes,
    slotBits: slotBits ?? 0,
    ageBits: ageBits ?? 0,
    lngBits: lngBits ?? 0,
    latBits: latBits ?? 0,
    bytesPerFix: bits / 8,
  };
}

const tally = (of: Map<number, number>, value: number): void => {
  of.set(value, (of.get(value) ?? 0) + 1);
};

function bitsPer(of: ReadonlyMap<number, number>, total: number): number {
  let bits = 0;
  for (const times of of.values()) bits += times * Math.log2(total / times);
  return total === 0 ? 0 : bits / total;
}
