import { Readable } from 'node:stream';

/** So many files are made at once: each keeps a good part of a processor from the walls. */
const MOST_AT_ONCE = 2;

/** Where files are made, some at a time; who comes when all places are taken is told so and may ask again. */
export class ExportDesk {
  #taken = 0;

  /** @returns what gives the place back, which may be called more than once; undefined when none is free */
  takePlace(): (() => void) | undefined {
    if (this.#taken >= MOST_AT_ONCE) return undefined;
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}

/** A file on its way; its place is given back when it is sent, breaks off, or nobody takes it any more. */
export const stream = (pieces: AsyncIterable<string | Uint8Array>, leave: () => void): Readable =>
  Readable.from(pieces, { objectMode: false }).once('close', leave);
