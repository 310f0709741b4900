const CHUNK_BITS = 24;
const CHUNK = 1 << CHUNK_BITS;

/** Bits one after another, the lowest first; a byte's lowest bit is its first. */
export class BitWriter {
  #bytes = new Uint8Array(64);
  #length = 0;
  /** Bits that do not fill a byte yet, and how many. */
  #open = 0;
  #openBits = 0;

  /** The lowest `bits` bits of a whole number, at most 48. */
  write(value: number, bits: number): void {
    if (bits > CHUNK_BITS) {
      this.write(value % CHUNK, CHUNK_BITS);
      this.write(Math.floor(value / CHUNK), bits - CHUNK_BITS);
      return;
    }
    // Seven open bits and 24 new ones fit 31.
    this.#open |= value << this.#openBits;
    this.#openBits += bits;
    while (this.#openBits >= 8) {
      this.#push(this.#open & 0xff);
      this.#open >>>= 8;
      this.#openBits -= 8;
    }
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  done(): Uint8Array {
    if (this.#openBits > 0) this.#push(this.#open);
    this.#open = 0;
    this.#openBits = 0;
    return this.#bytes.slice(0, this.#length);
  }
}

/** Reads what BitWriter wrote; zeros past the end. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all bits were read but those that fill the last byte, and nothing beyond. */
  get complete(): boolean {
    return Math.ceil(this.#at / 8) === this.#bytes.length;
  }

  read(bits: number): number {
    if (bits > CHUNK_BITS) {
      const low = this.read(CHUNK_BITS);
      return low + this.read(bits - CHUNK_BITS) * CHUNK;
    }
    let value = 0;
    for (let have = 0; have < bits;) {
      const offset = this.#at % 8;
      const some = Math.min(8 - offset, bits - have);
      const byte = this.#bytes[Math.floor(this.#at / 8)] ?? 0;
      value += ((byte >>> offset) & ((1 << some) - 1)) * 2 ** have;
      have += some;
      this.#at += some;
    }
    return value;
  }
}
