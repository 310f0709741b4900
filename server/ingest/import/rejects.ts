import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/** Rows that were not taken, as a CSV file: line number, field, reason. Made only when there is one. */
export class Rejects {
  readonly file: string;
  /** How many rows were rejected for each kind of fault. */
  readonly counts = new Map<string, number>();
  #stream: WriteStream | undefined;
  #rows = 0;

  constructor(file: string) {
    this.file = file;
  }

  get rows(): number {
    return this.#rows;
  }

  async add(line: number, field: string, reason: string): Promise<void> {
    this.#rows += 1;
    const kind = kindOfFault(field, reason);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (this.#stream === undefined) {
      this.#stream = createWriteStream(this.file);
      this.#stream.write('line,field,reason\n');
    }
    if (!this.#stream.write(`${line},${quoted(field)},${quoted(reason)}\n`))
      await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    if (this.#stream === undefined) return;
    this.#stream.end();
    await once(this.#stream, 'close');
  }
}

/** Faults of one kind have the same words; what the row itself said is left out. */
export const kindOfFault = (field: string, reason: string): string =>
  `${field === '' ? '' : `${field}: `}${reason.replaceAll(/'[^']*'/g, "'…'")}`;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
