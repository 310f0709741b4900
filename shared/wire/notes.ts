import type { EpochMs } from '../domain/units.ts';

/** Longest text of a note, in characters. */
export const NOTE_LENGTH = 500;

/** A mark of people on the line of a day: what they want others to look at there. */
export interface Note {
  readonly id: string;
  /** The moment it stands at. */
  readonly at: EpochMs;
  readonly text: string;
  /** When it was written, or its text changed last. */
  readonly writtenAt: EpochMs;
}

/** `GET /api/notes?day=`: in the order of their moments. */
export interface NotesOfDay {
  readonly notes: readonly Note[];
}
