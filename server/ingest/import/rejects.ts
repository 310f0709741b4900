import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** The list of rejected rows cannot be written. */
export class RejectsFault extends Error {
  constructor(file: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    super(
      `The list of rejected rows cannot be written to ${file} (${code}): name another file with --rejects and start the import again.`,
      { cause },
    );
  }
}

/**
 * Begins the list anew. A line is written at once, so that a folder that cannot be written, or a full disk, is
 * known before anything is sent.
 * @throws RejectsFault
 */
export async function openRejects(file: string): Promise<Rejects> {
  const wasThere = await access(file).then(
    () => true,
    () => false,
  );
  const stream = createWriteStream(file);
  const rejects = new Rejects(file, stream, wasThere ? 'keep' : 'remove');
  await new Promise<void>((resolve, reject) => {
    stream.write('line,field,reason\n', (error) =>
      error ? reject(new RejectsFault(file, error)) : resolve(),
    );
  });
  return rejects;
}

/** Rows that were not taken, as a CSV file: line number, field, reason. */
export class Rejects {
  /** How many rows were rejected for each kind of fault. */
  readonly counts = new Map<string, number>();
  readonly #file: string;
  readonly #stream: Writable;
  readonly #whenEmpty: 'keep' | 'remove';
  #failure: RejectsFault | undefined;
  #rows = 0;

  constructor(file: string, stream: Writable, whenEmpty: 'keep' | 'remove' = 'keep') {
    this.#file = file;
    this.#stream = stream;
    this.#whenEmpty = whenEmpty;
    stream.on('error', (error) => {
      this.#failure ??= new RejectsFault(file, error);
    });
  }

  get rows(): number {
    return this.#rows;
  }

  /** @throws RejectsFault */
  async add(line: number, field: string, reason: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#rows += 1;
    const kind = kindOfFault(field, reason);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    if (!this.#stream.write(`${line},${quoted(field)},${quoted(reason)}\n`))
      await this.#orFault(once(this.#stream, 'drain'));
  }

  /** @throws RejectsFault */
  async close(): Promise<void> {
    this.#stream.end();
    await this.#orFault(finished(this.#stream));
    if (this.#rows === 0 && this.#whenEmpty === 'remove') await rm(this.#file, { force: true });
  }

  async #orFault(written: Promise<unknown>): Promise<void> {
    await written.catch((error: unknown) => {
      throw this.#failure ?? new RejectsFault(this.#file, error);
    });
  }
}

/** Faults of one kind have the same words; what the row itself said is left out. */
export const kindOfFault = (field: string, reason: string): string =>
  `${field === '' ? '' : `${field}: `}${reason.replaceAll(/'[^']*'/g, "'…'")}`;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
