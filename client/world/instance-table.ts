/** Rows per page: what changed is remembered, and uploaded, by the page. */
const PAGE_ROWS = 512;

/**
 * Rows of bytes as the graphics card reads them, kept on our side. Whoever draws takes the byte ranges that
 * changed since it asked last and uploads those alone.
 *
 *   row 0 ─ stride bytes ─┬─ row 1 ─┬ …        page 0: rows 0–511, page 1: rows 512–1023 …
 */
export class InstanceTable {
  readonly strideBytes: number;
  /** Rows in use. */
  count = 0;
  floats: Float32Array;
  bytes: Uint8Array;
  /** Goes up when the arrays above were replaced by larger ones. */
  generation = 0;
  #capacity: number;
  #dirty: Uint8Array;

  /** `strideBytes` must be a multiple of four. */
  constructor(strideBytes: number, capacity = 1024) {
    this.strideBytes = strideBytes;
    this.#capacity = capacity;
    const buffer = new ArrayBuffer(strideBytes * capacity);
    this.floats = new Float32Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.#dirty = new Uint8Array(Math.ceil(capacity / PAGE_ROWS)).fill(1);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for `rows` rows, by doubling; what is there stays. */
  reserve(rows: number): void {
    if (rows <= this.#capacity) return;
    let capacity = this.#capacity;
    while (capacity < rows) capacity *= 2;
    const buffer = new ArrayBuffer(this.strideBytes * capacity);
    new Uint8Array(buffer).set(this.bytes);
    this.#capacity = capacity;
    this.floats = new Float32Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.#dirty = new Uint8Array(Math.ceil(capacity / PAGE_ROWS)).fill(1);
    this.generation++;
  }

  touch(row: number): void {
    this.#dirty[Math.floor(row / PAGE_ROWS)] = 1;
  }

  touchAll(): void {
    this.#dirty.fill(1);
  }

  /**
   * Calls `upload` with each run of changed bytes (start inclusive, end exclusive) inside the rows in use, and
   * forgets them.
   */
  takeDirty(upload: (startByte: number, endByte: number) => void): void {
    const pages = Math.ceil(this.count / PAGE_ROWS);
    for (let page = 0; page < pages; page++) {
      if (this.#dirty[page] === 0) continue;
      const first = page;
      while (page < pages && this.#dirty[page] === 1) this.#dirty[page++] = 0;
      upload(first * PAGE_ROWS * this.strideBytes, Math.min(page * PAGE_ROWS, this.count) * this.strideBytes);
    }
  }
}
