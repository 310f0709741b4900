import {
  MOST_FARTHEST_METRES,
  MOST_SCREENS_A_SIDE,
  MOST_WIDTH_METRES,
} from '@maplewall/shared/domain/wall-limits.ts';
import type { ReadingRoom } from '../../design/reading-size.ts';
import type { Bounds } from '../../map/camera.ts';
import { VIEWS, type View } from './layout.ts';

/** One picture over several browsers: how many across and down, and which of them this one is. */
export interface Tile {
  readonly columns: number;
  readonly rows: number;
  readonly column: number;
  readonly row: number;
}

/** How a wall is shown. Each has a word in the address, so that a wall is set up by its address alone. */
export interface WallOptions {
  /** All words that hold, those of a saved layout as well, as they would stand in an address. */
  readonly words: string;
  readonly view: View;
  readonly tile: Tile;
  readonly theme: (typeof THEMES)[number];
  readonly director: boolean;
  readonly sound: boolean;
  readonly visitor: boolean;
  readonly ghostHeat: boolean;
  /** The team that is shown before all others. */
  readonly team: string | undefined;
  readonly room: ReadingRoom | undefined;
  /** HH:MM of the city at which the wall plays what yesterday has to tell and comes back; undefined: never. */
  readonly brief: string | undefined;
  /** The part of the city that the map begins with; undefined: all that the view shows. */
  readonly look: Bounds | undefined;
  /** A photograph: the first picture, in which time stands. */
  readonly still: boolean;
  readonly debug: boolean;
}

/** For a dark room, a light one, and paper. */
export const THEMES = ['dark', 'light', 'print'] as const;
export const ONE_SCREEN: Tile = { columns: 1, rows: 1, column: 0, row: 0 };

const isOn = (value: string | null): boolean => value !== null && !['off', '0', 'false'].includes(value);

function wholeNumbers(text: string | null, separator: string): readonly [number, number] | undefined {
  const [first = '', second = '', ...rest] = (text ?? '').split(separator);
  if (rest.length > 0 || !/^\d{1,2}$/.test(first) || !/^\d{1,2}$/.test(second)) return undefined;
  return [Number(first), Number(second)];
}

function tileOf(query: URLSearchParams): Tile {
  const [columns, rows] = wholeNumbers(query.get('span'), 'x') ?? [1, 1];
  const [column, row] = wholeNumbers(query.get('tile'), ',') ?? [0, 0];
  const sound = columns >= 1 && rows >= 1 && columns <= MOST_SCREENS_A_SIDE && rows <= MOST_SCREENS_A_SIDE;
  return sound && column < columns && row < rows ? { columns, rows, column, row } : ONE_SCREEN;
}

function metres(text: string | null, most: number): number | undefined {
  const value = Number(text);
  return value > 0 && value <= most ? value : undefined;
}

function roomOf(query: URLSearchParams): ReadingRoom | undefined {
  const widthMetres = metres(query.get('width'), MOST_WIDTH_METRES);
  const farthestMetres = metres(query.get('farthest'), MOST_FARTHEST_METRES);
  return widthMetres === undefined || farthestMetres === undefined
    ? undefined
    : { widthMetres, farthestMetres };
}

/** `look=west,south,east,north` in degrees. */
export function boundsOf(text: string | null): Bounds | undefined {
  const [west = NaN, south = NaN, east = NaN, north = NaN, ...rest] = (text ?? '').split(',').map(Number);
  const isOnEarth = west >= -180 && east <= 180 && south >= -85 && north <= 85;
  return rest.length === 0 && isOnEarth && west < east && south < north
    ? [west, south, east, north]
    : undefined;
}

/** As `boundsOf` reads it; six decimals are a tenth of a metre. */
export const boundsWord = (bounds: Bounds): string => bounds.map((edge) => edge.toFixed(6)).join(',');

/** Reads the words of an address; what is not understood is as if it were not there. */
export function wallOptions(query: URLSearchParams): WallOptions {
  const view = VIEWS.find((each) => each === query.get('view')) ?? 'whole';
  const team = query.get('team');
  return {
    words: query.toString(),
    view,
    tile: tileOf(query),
    theme: THEMES.find((each) => each === query.get('theme')) ?? 'dark',
    director: isOn(query.get('director')),
    sound: isOn(query.get('sound')),
    visitor: isOn(query.get('visitor')),
    ghostHeat: isOn(query.get('ghost')),
    team: team === null || team === '' ? undefined : team,
    room: roomOf(query),
    brief: /^([01]\d|2[0-3]):[0-5]\d$/.exec(query.get('brief') ?? '')?.[0],
    look: boundsOf(query.get('look')),
    still: isOn(query.get('still')),
    debug: isOn(query.get('debug')),
  };
}

/** The picture of which this screen shows a part, in this screen's pixels, and where in it this screen lies. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/** The whole picture behind one screen of a wall. */
export const pictureOf = (tile: Tile, screenWidth: number, screenHeight: number): Picture => ({
  width: screenWidth * tile.columns,
  height: screenHeight * tile.rows,
  left: screenWidth * tile.column,
  top: screenHeight * tile.row,
});
