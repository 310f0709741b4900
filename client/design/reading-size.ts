import { pixelsPerUnit } from './tokens.ts';

/** The smallest text of the design, in units; everything else is a multiple of it. */
export const SMALLEST_TEXT_UNITS = 28;
/** NUREG-0700 rev. 3: characters of a group display subtend 16 minutes of arc at the farthest seat. */
const LEAST_ANGLE_RADIANS = ((16 / 60) * Math.PI) / 180;
/** Height of a capital or a figure of Noto Sans SC, as a share of the font size (its OS/2 table says 733 of 1000). */
const CAP_HEIGHT = 0.733;

/** What somebody measured in the room once. */
export interface ReadingRoom {
  /** The whole picture's width, over all its screens. */
  readonly widthMetres: number;
  readonly farthestMetres: number;
}

/** The font size, in pixels of a picture `widthPixels` wide, below which the farthest reader cannot read. */
export function leastFontPixels(room: ReadingRoom, widthPixels: number): number {
  const metres = room.farthestMetres * Math.tan(LEAST_ANGLE_RADIANS);
  return ((metres / room.widthMetres) * widthPixels) / CAP_HEIGHT;
}

/** A picture needs this many units at least for its head, its foot and one panel. */
const LEAST_WIDTH_UNITS = 1_000;
const LEAST_HEIGHT_UNITS = 800;

/**
 * Pixels of one unit of the design on a picture of this size. Without a measured room everything is as it is drawn at
 * 3840 × 2160, scaled by the smaller ratio; with one, the smallest text is never below what the farthest seat can
 * read, and all else grows with it, up to where nothing would find a place any more (`isReadableFrom` says so).
 */
export function unitFor(width: number, height: number, room: ReadingRoom | undefined): number {
  const drawn = pixelsPerUnit(width, height);
  if (room === undefined) return drawn;
  const wanted = Math.max(drawn, leastFontPixels(room, width) / SMALLEST_TEXT_UNITS);
  return Math.min(wanted, Math.max(drawn, Math.min(width / LEAST_WIDTH_UNITS, height / LEAST_HEIGHT_UNITS)));
}

/** Whether the farthest seat can read the smallest text of a picture of this size. */
export const isReadableFrom = (room: ReadingRoom, width: number, height: number): boolean =>
  unitFor(width, height, room) * SMALLEST_TEXT_UNITS >= leastFontPixels(room, width) - 1e-6;
