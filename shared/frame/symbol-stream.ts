/**
 * Symbols in as many bits as their probability says, by range asymmetric numeral systems (rANS, J. Duda 2013):
 * the state is one number; each symbol of frequency f out of 2^12 multiplies it by 2^12 / f. The writer works
 * from the last symbol to the first, so that the reader goes forward, with a table look-up and a
 * multiplication for each symbol.
 */
export const PRECISION_BITS = 12;
export const TOTAL = 1 << PRECISION_BITS;
/** The state stays in [LEAST, LEAST * 256): it fits 31 bits, and a byte is moved at a time. */
const LEAST = 1 << 23;

/**
 * The most symbols that so many bytes can stand for, when none of their tables has fewer than 48 symbols: the
 * likeliest then has a frequency of TOTAL - 47 at most and costs over 0.016 bits, of which the rounding of the
 * state takes 0.0007 at most; that is fewer than 525 symbols a byte.
 */
export const makesAtMost = (bytes: number): number => bytes * 525;

/** Frequencies of symbols 0, 1, 2 …, 64 of them at most, each at least 1, TOTAL together. */
export interface SymbolTable {
  readonly frequency: Uint16Array;
  readonly start: Uint16Array;
  /**
   * What a reader needs at each of TOTAL places, in one number, so that one look-up is on its way and not three:
   *
   *   29 … 18 frequency - 1   17 … 6 place - start   5 … 0 symbol
   */
  readonly places: Int32Array;
}

export function makeSymbolTable(frequency: Uint16Array): SymbolTable {
  const start = new Uint16Array(frequency.length);
  const places = new Int32Array(TOTAL);
  let next = 0;
  for (const [symbol, share] of frequency.entries()) {
    start[symbol] = next;
    for (let i = 0; i < share; i += 1) places[next + i] = ((share - 1) << 18) | (i << 6) | symbol;
    next += share;
  }
  return { frequency, start, places };
}

function grown(from: Uint16Array, length: number): Uint16Array<ArrayBuffer> {
  const into = new Uint16Array(length);
  into.set(from);
  return into;
}

/** Collects symbols, each with its table, and writes them at the end. */
export class SymbolWriter {
  #count = 0;
  #frequency = new Uint16Array(4096);
  #start = new Uint16Array(4096);

  add(table: SymbolTable, symbols: Uint8Array): void {
    const room = this.#count + symbols.length;
    if (room > this.#frequency.length) {
      this.#frequency = grown(this.#frequency, room * 2);
      this.#start = grown(this.#start, room * 2);
    }
    for (let i = 0; i < symbols.length; i += 1) {
      const symbol = symbols[i] ?? 0;
      this.#frequency[this.#count + i] = table.frequency[symbol] ?? 0;
      this.#start[this.#count + i] = table.start[symbol] ?? 0;
    }
    this.#count = room;
  }

  /** Four bytes of state, then the rest; empty where there are no symbols. */
  done(): Uint8Array {
    if (this.#count === 0) return new Uint8Array(0);
    // Two bytes a symbol are the most there can be: a frequency of 1 costs 12 bits.
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
      // Below 2^31, `| 0` rounds down as Math.floor does, and faster.
      const whole = (state / frequency) | 0;
      state = whole * TOTAL + (state - whole * frequency) + (this.#start[i] ?? 0);
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

  /** Reads `count` symbols into the beginning of `symbols`; those past the end are left as they are. */
  read(table: SymbolTable, symbols: Uint8Array, count: number): void {
    const { places } = table;
    const bytes = this.#bytes;
    let state = this.#state;
    let at = this.#at;
    for (let i = 0; i < count && at <= bytes.length; i += 1) {
      const place = places[state & (TOTAL - 1)] ?? 0;
      symbols[i] = place & 63;
      state = Math.imul((place >>> 18) + 1, state >>> PRECISION_BITS) + ((place >>> 6) & (TOTAL - 1));
      // A frequency of 1 takes 12 bits, so two bytes are the most that a symbol moves.
      if (state < LEAST) {
        state = (state << 8) | (bytes[at] ?? 0);
        at += 1;
        if (state < LEAST) {
          state = (state << 8) | (bytes[at] ?? 0);
          at += 1;
        }
      }
    }
    this.#state = state;
    this.#at = at;
  }
}
