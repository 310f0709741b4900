import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** So many files are made at once: each keeps a good part of a processor from the walls. */
const MOST_AT_ONCE = 2;
/** Whoever takes nothing of a file for so long has gone to sleep, and others wait for the place. */
const STALLED_MS = 60_000;

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
export function stream(
  pieces: AsyncIterable<string | Uint8Array>,
  { leave, response, stalledMs = STALLED_MS }: StreamParts,
): Readable {
  const file = Readable.from(pieces, { objectMode: false }).once('close', leave);
  // The socket's own clock counts what the network has taken; while a piece is being made there is nothing to be taken.
  response.setTimeout(stalledMs, () => {
    if (response.writableLength > 0) file.destroy(new Error('nobody takes the file'));
  });
  return file;
}

export interface StreamParts {
  /** Gives the place back. */
  readonly leave: () => void;
  readonly response: ServerResponse;
  readonly stalledMs?: number;
}
