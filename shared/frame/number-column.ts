import type { ByteReader, ByteWriter } from './bytes.ts';
import { BitReader, BitWriter } from './bits.ts';
import {
  DIRECT,
  fold,
  frequenciesOf,
  leastOf,
  MODEL_COUNT,
  plainBits,
  symbolOf,
  SYMBOLS,
  tableOf,
  unfold,
  type Family,
} from './number-models.ts';
import { makesAtMost, SymbolReader, SymbolWriter, TOTAL } from './symbol-stream.ts';

type Numbers = Int32Array | Float64Array;

/** Written instead of a model where all numbers of a column are 0: it has no symbols then. Models follow from 1. */
const ALL_ZERO = 0;

/**
 * Columns of whole numbers, each under the distribution that suits it best, one after another in one stream.
 *
 *   model of each column, or ALL_ZERO: varints │ length of the plain bits, plain bits │ symbols, to the end
 */
export class ColumnWriter {
  readonly #models: number[] = [];
  readonly #symbols = new SymbolWriter();
  readonly #bits = new BitWriter();

  /** `counts` are 0 or more, `signed` of either sign; none beyond 2^47 from 0. */
  column(family: Family, values: Numbers): void {
    const symbols = new Uint8Array(values.length);
    const occurrences = new Uint32Array(SYMBOLS);
    for (let i = 0; i < values.length; i += 1) {
      const value = values[i] ?? 0;
      const plain = family === 'signed' ? fold(value) : value;
      const symbol = symbolOf(plain);
      symbols[i] = symbol;
      occurrences[symbol] = (occurrences[symbol] ?? 0) + 1;
      if (symbol >= DIRECT) this.#bits.write(plain - leastOf(symbol), plainBits(symbol));
    }
    if (occurrences[0] === values.length) {
      this.#models.push(ALL_ZERO);
      return;
    }
    const model = cheapestModel(family, occurrences);
    this.#models.push(model + 1);
    this.#symbols.add(tableOf(family, model), symbols);
  }

  writeTo(writer: ByteWriter): void {
    for (const model of this.#models) writer.varint(model);
    const bits = this.#bits.done();
    writer.varint(bits.length);
    writer.raw(bits);
    writer.raw(this.#symbols.done());
  }
}

/**
 * Reads what ColumnWriter wrote, if asked for the same columns. What is malformed reads as numbers all the
 * same, and is never `complete`.
 */
export class ColumnReader {
  readonly #models: readonly number[];
  readonly #bits: BitReader;
  readonly #symbols: SymbolReader;
  #next = 0;
  /** The symbols of the column that is being read; kept for the next one. */
  #scratch = new Uint8Array(0);
  /** How many more numbers the symbols' bytes can stand for. */
  #left: number;
  #failed = false;

  /** Reads to the end of `reader`. */
  constructor(reader: ByteReader, columns: number) {
    this.#models = Array.from({ length: columns }, () => reader.varint());
    this.#bits = new BitReader(reader.raw(reader.varint()));
    const symbols = reader.raw(reader.left);
    this.#symbols = new SymbolReader(symbols);
    this.#left = makesAtMost(symbols.length);
  }

  /** Whether all that was written was read, and nothing else. */
  get complete(): boolean {
    return !this.#failed && this.#symbols.complete && this.#bits.complete;
  }

  /** Whether a column of this many numbers that are not all 0 can be there; asked before room is made for them. */
  canHold(count: number): boolean {
    return count <= this.#left;
  }

  column(family: Family, values: Numbers): void {
    const written = this.#models[this.#next] ?? ALL_ZERO;
    this.#next += 1;
    if (written === ALL_ZERO) {
      values.fill(0);
      return;
    }
    const model = written - 1;
    this.#left -= values.length;
    if (model >= MODEL_COUNT[family] || this.#left < 0) {
      this.#failed = true;
      return;
    }
    const count = values.length;
    if (this.#scratch.length < count) this.#scratch = new Uint8Array(count);
    const symbols = this.#scratch;
    this.#symbols.read(tableOf(family, model), symbols, count);
    const small = SMALL[family];
    for (let i = 0; i < count; i += 1) {
      const symbol = symbols[i] ?? 0;
      if (symbol < DIRECT) values[i] = small[symbol] ?? 0;
      else {
        const plain = leastOf(symbol) + this.#bits.read(plainBits(symbol));
        values[i] = family === 'signed' ? unfold(plain) : plain;
      }
    }
  }
}

/** The numbers that are their own symbols. */
const SMALL: Readonly<Record<Family, Int32Array>> = {
  signed: Int32Array.from({ length: DIRECT }, (_, symbol) => unfold(symbol)),
  counts: Int32Array.from({ length: DIRECT }, (_, symbol) => symbol),
};

/** Bits that each symbol costs under each model, made at first use: only who encodes needs them. */
const costs = new Map<Family, readonly Float32Array[]>();

function costsOf(family: Family): readonly Float32Array[] {
  const made =
    costs.get(family) ??
    Array.from({ length: MODEL_COUNT[family] }, (_, model) =>
      Float32Array.from(frequenciesOf(family, model), (frequency) => Math.log2(TOTAL / frequency)),
    );
  costs.set(family, made);
  return made;
}

function cheapestModel(family: Family, occurrences: Uint32Array): number {
  const present: number[] = [];
  for (const [symbol, times] of occurrences.entries()) if (times > 0) present.push(symbol);
  let cheapest = 0;
  let least = Infinity;
  for (const [model, cost] of costsOf(family).entries()) {
    let bits = 0;
    for (const symbol of present) bits += (occurrences[symbol] ?? 0) * (cost[symbol] ?? 0);
    if (bits < least) {
      least = bits;
      cheapest = model;
    }
  }
  return cheapest;
}
