import type { FixRows } from './frame.ts';

/** Most fixes in one frame. */
export const MAX_ROWS = 2_000_000;

/** Rows of zeros, in one piece of memory: making four pieces takes longer than decoding a small frame. */
export function makeFixRows(count: number): FixRows {
  const memory = new ArrayBuffer(count * 16);
  return {
    count,
    slot: new Uint32Array(memory, 0, count),
    lngResidual: new Int32Array(memory, count * 4, count),
    latResidual: new Int32Array(memory, count * 8, count),
    ageSeconds: new Int32Array(memory, count * 12, count),
  };
}

/** Fixes as they are collected: in the order of their coming, of any slot. */
export class FixList {
  #count = 0;
  #slot = new Uint32Array(256);
  #lngResidual = new Int32Array(256);
  #latResidual = new Int32Array(256);
  #fixAtSeconds = new Float64Array(256);
  /** Slot → number of the first fix that counts; those before it are of a holder who left. */
  readonly #countsFrom = new Map<number, number>();

  add(slot: number, lngResidual: number, latResidual: number, fixAtSeconds: number): void {
    if (this.#count === this.#slot.length) this.#grow();
    this.#slot[this.#count] = slot;
    this.#lngResidual[this.#count] = lngResidual;
    this.#latResidual[this.#count] = latResidual;
    this.#fixAtSeconds[this.#count] = fixAtSeconds;
    this.#count += 1;
  }

  /** Drops what was added for a slot so far. */
  clearSlot(slot: number): void {
    this.#countsFrom.set(slot, this.#count);
  }

  clear(): void {
    this.#count = 0;
    this.#countsFrom.clear();
  }

  /** Rows sorted by slot; those of one slot in the order in which they were added. */
  toRows(atSeconds: number): FixRows {
    // One number per fix that sorts by slot, then by age in the list; both fit 2^53 together.
    const keys = new Float64Array(this.#count);
    let kept = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const slot = this.#slot[i] ?? 0;
      if (this.#countsFrom.size > 0 && i < (this.#countsFrom.get(slot) ?? 0)) continue;
      keys[kept] = slot * 4_294_967_296 + i;
      kept += 1;
    }
    const sorted = keys.subarray(0, kept).sort();
    const rows = makeFixRows(kept);
    for (let row = 0; row < kept; row += 1) {
      const i = (sorted[row] ?? 0) % 4_294_967_296;
      rows.slot[row] = this.#slot[i] ?? 0;
      rows.lngResidual[row] = this.#lngResidual[i] ?? 0;
      rows.latResidual[row] = this.#latResidual[i] ?? 0;
      rows.ageSeconds[row] = atSeconds - (this.#fixAtSeconds[i] ?? 0);
    }
    return rows;
  }

  #grow(): void {
    const grown = <T extends Uint32Array | Int32Array | Float64Array>(from: T, into: T): T => {
      into.set(from);
      return into;
    };
    const room = this.#slot.length * 2;
    this.#slot = grown(this.#slot, new Uint32Array(room));
    this.#lngResidual = grown(this.#lngResidual, new Int32Array(room));
    this.#latResidual = grown(this.#latResidual, new Int32Array(room));
    this.#fixAtSeconds = grown(this.#fixAtSeconds, new Float64Array(room));
  }
}
