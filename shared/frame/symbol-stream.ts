/**
 * Symbols in as many bits as their probability says, by range asymmetric numeral systems (rANS, J. Duda 2013):
 * the state is one number; each symbol of frequency f out of 2^13 multiplies it by 2^13 / f. The writer works
 * from the last symbol to the first, so that the reader goes forward, with a table look-up and a
 * multiplication for each symbol.
 */
export const PRECISION_BITS = 13;
export const TOTAL = 1 << PRECISION_BITS;
/** The state stays in [LEAST, LEAST * 256): it fits 31 bits, and a byte is moved at a time. */
const LEAST = 1 << 23;

/**
 * The most symbols that so many bytes can stand for, when none of their tables has fewer than 64 symbols: the
 * likeliest then has a frequency of TOTAL - 63 at most and costs over 0.011 bits, the rounding of the state
 * (0.0014 bits at most) taken off; that is fewer than 820 symbols a byte.
 */
export const makesAtMost = (bytes: number): number => bytes * 820;

/** Frequencies of symbols 0, 1, 2 …, each at least 1, TOTAL together. */
export interface SymbolTable {
  readonly frequency: Uint16Array;
  readonly start: Uint16Array;
  /** For each of TOTAL places the symbol that it belongs to. */
  readonly symbolAt: Uint8Array;
}

export function makeSymbolTable(frequency: Uint16Array): SymbolTable {
  const start = new Uint16Array(frequency.length);
  const symbolAt = new Uint8Array(TOTAL);
  let next = 0;
  for (const [symbol, share] of frequency.entries()) {
    start[symbol] = next;
    symbolAt.fill(symbol, next, next + share);
    next += share;
  }
  return { frequency, start, symbolAt };
}

/** Collects symbols, each with its table, and writes them at the end. */
export class SymbolWriter {
  #count = 0;
  #frequency = new Uint16Array(1024);
  #start = new Uint16Array(1024);

  add(table: SymbolTable, symbol: number): void {
    if (this.#count === this.#frequency.length) {
      const frequency = new Uint16Array(this.#count * 2);
      frequency.set(this.#frequency);
      this.#frequency = frequency;
      const start = new Uint16Array(this.#count * 2);
      start.set(this.#start);
      this.#start = start;
    }
    this.#frequency[this.#count] = table.frequency[symbol] ?? 0;
    this.#start[this.#count] = table.start[symbol] ?? 0;
    this.#count += 1;
  }

  /** Four bytes of state, then the rest; empty where there are no symbols. */
  done(): Uint8Array {
    if (this.#count === 0) return new Uint8Array(0);
    // Two bytes a symbol are the most there can be: a frequency of 1 costs 13 bits.
    const bytes = new Uint8Array(this.#count * 2 + 8);
    let at = bytes.length;
    let state = LEAST;
    for (let i = this.#count - 1; i >= 0; i -= 1) {
      const frequency = this.#frequency[i] ?? 1;
      // Above this the state would grow out of its range.
      const most = (LEAST >>> PRECISION_BITS) * 256 * frequency;
      while (state >= most) {
        at -= 1;
        bytes[at] = state & 0xff;
        state >>>= 8;
      }
      state = Math.floor(state / frequency) * TOTAL + (state % frequency) + (this.#start[i] ?? 0);
    }
    for (let i = 0; i < 4; i += 1) {
      at -= 1;
      bytes[at] = state & 0xff;
      state >>>= 8;
    }
    return bytes.slice(at);
  }
}

/**
 * Reads what SymbolWriter wrote, if asked with the same tables. Past the end it stops at once, and is never
 * `complete` again, so that a decoder may go on for a bounded time and ask once.
 */
export class SymbolReader {
  readonly #bytes: Uint8Array;
  #at = 4;
  #state: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#state =
      (((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)) >>> 0;
    // No writer leaves such a state; held down, it stays within 31 bits below.
    if (this.#state >= LEAST * 256) this.#state = 0;
  }

  /** Whether all was read, nothing beyond it, and the state is where the writer began. */
  get complete(): boolean {
    if (this.#bytes.length === 0) return this.#at === 4;
    return this.#at === this.#bytes.length && this.#state === LEAST;
  }

  /** Reads as many symbols as `symbols` has room for; those past the end are left as they are. */
  read(table: SymbolTable, symbols: Uint8Array): void {
    const { frequency, start, symbolAt } = table;
    const bytes = this.#bytes;
    let state = this.#state;
    let at = this.#at;
    for (let i = 0; i < symbols.length; i += 1) {
      const place = state & (TOTAL - 1);
      const symbol = symbolAt[place] ?? 0;
      state = (frequency[symbol] ?? 0) * (state >>> PRECISION_BITS) + place - (start[symbol] ?? 0);
      while (state < LEAST) {
        state = (state << 8) | (bytes[at] ?? 0);
        at += 1;
        if (at > bytes.length) break;
      }
      symbols[i] = symbol;
      if (at > bytes.length) break;
    }
    this.#state = state;
    this.#at = at;
  }
}
