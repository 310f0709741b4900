import type { Point } from './plane.ts';

/**
 * The coarse proportions of Longgang, set by hand in kilometres east and north of the centre and rounded to a
 * few hundred metres: where the river bends, where the coast runs, where the hills stand. Roads and zones have
 * files of their own. Everything finer is generated.
 *
 *        Ao river ~~~~~~~~~~~~~~~~~~~~~ estuary
 *      fields   old town   new town  \ dyke
 *      villages   fields    industry  \      sea
 *      hills  (other county)  villages \_
 *                             port towns  hills
 */
export const CENTRE = { lng: 120.56, lat: 27.54 } as const;
/** West, south, east, north. */
export const BOUNDS = [120.36, 27.4, 120.8, 27.68] as const;

/** Points in metres from a list like `-4.2 7, -4.1 6`: kilometres east and north, with commas between. */
export const km = (list: string): Point[] =>
  numbersOf(list).map(([x = 0, y = 0]) => ({ x: x * 1000, y: y * 1000 }));

/** A point of a river's middle, and how wide the river is there, in metres. */
export interface Sized extends Point {
  readonly width: number;
}
const sized = (list: string): Sized[] =>
  numbersOf(list).map(([x = 0, y = 0, width = 0]) => ({ x: x * 1000, y: y * 1000, width }));

function numbersOf(list: string): number[][] {
  return list.split(',').map((part) => part.trim().split(/\s+/).map(Number));
}

/** The middle of the Ao river from the hills to the estuary. */
export const AO_RIVER = sized(`
  -19.6 7.9 150, -16.8 6.9 160, -13.6 6.9 170, -10.9 5.9 190, -9.6 5.5 200, -8.5 5.1 210, -7.4 4.9 220, -6.5 4.2 230, -6.1 3.3 240, -5.4 3 250,
  -4.9 3.7 260, -5.2 4.7 270, -4.8 5.6 290, -3.9 5.9 300, -3.1 5.6 310, -2.4 5.8 320, -1.7 6.5 330,
  -0.8 6.6 350, -0.2 5.7 400, 0.4 4.8 460, 1.4 4.7 540, 2.4 5.4 700, 3.4 5.9 950, 4.4 6.2 1400,
  5.3 6.4 1900, 6.2 6.6 2200`);

/** The western branch, from the south to where it joins the Ao river. */
export const WEST_BRANCH = sized(`
  -13.6 -9 40, -12.9 -6.4 45, -11.2 -4.4 50, -10.9 -2.7 55, -9.9 -1.5 60, -9.1 -0.6 70, -8.4 0.4 80, -7.9 1.4 90, -7.9 2.4 100, -8.4 3.2 100, -8.1 4 110,
  -7.6 4.9 120`);

/** From the estuary along the dykes of the new land, round the bay and the eastern cape. */
export const COAST = km(`
  5.4 4.9, 6.5 4, 7.8 3.1, 8.7 2.2, 9.4 0.4, 10.1 -1.5, 10.6 -3, 10.2 -3.4, 8.8 -3.6, 7.9 -4.1,
  7.4 -4.9, 7.5 -5.3, 7.9 -4.95, 8.4 -4.6, 9.5 -4.45, 10.6 -4.2, 11 -4.7, 10.4 -5.5, 9.9 -6.3`);

/** The southern edge by land, from the eastern cape back to the western branch. */
export const SOUTH_EDGE = km(`
  9.6 -7.1, 8.8 -7.8, 7.2 -7.7, 5.9 -8, 5 -7.2, 4.3 -6.8, 3.5 -7.6, 2.2 -7.8, 1.5 -6.5, 1.7 -5.2,
  1.6 -3.9, 1.9 -2.9, 1.2 -2.5, 0.3 -2.8, -0.9 -2.4, -1.7 -1.6, -2.9 -1.4, -3.5 -1.9, -3.3 -2.6,
  -4.2 -3.3, -4.6 -4.1, -4.7 -5.1, -6.1 -5.5, -7.5 -5.9, -8.8 -5.2, -9.9 -3.9, -9.3 -2.8, -9.1 -2`);

export interface HillPlan {
  readonly name: string;
  readonly foot: readonly Point[];
  readonly top: readonly Point[];
}
/** Feet of the hills; no streets go up there, but paths do, to each top. */
export const HILLS: readonly HillPlan[] = [
  {
    name: '云岩山',
    foot: km(`
      -10.2 -4.1, -9.2 -3.3, -8.2 -3.5, -7.3 -3.3, -6.6 -3.8, -5.6 -3.5, -4.9 -3.9, -4.4 -5.2,
      -6 -5.9, -7.5 -6.3, -9 -5.6`),
    top: km('-7.3 -4.5'),
  },
  {
    name: '琵琶山',
    foot: km(`
      7.7 -5.9, 7.8 -5.25, 8.4 -4.9, 9.5 -4.75, 10.6 -4.4, 10.8 -4.75, 10.1 -5.6, 9.7 -6.4,
      9.3 -7.3, 8.6 -8, 7.8 -7`),
    top: km('8.9 -5.9'),
  },
  {
    name: '石牛山',
    foot: km(`
      -3.9 -2.5, -3.3 -1.9, -2.6 -1.2, -1.7 -1.3, -1.2 -1.9, -0.4 -1.8, 0.3 -2.2, 1.1 -1.9,
      1.6 -2.2, 1.5 -2.9, 0.3 -3.1, -0.9 -2.7, -1.9 -2, -2.8 -1.9, -3.6 -2.9`),
    top: km('-0.5 -2.3'),
  },
];

/** A canal's middle, drawn as a loose line; its banks become lanes. */
export interface CanalPlan {
  readonly name: string;
  readonly width: number;
  readonly middle: readonly Point[];
}
export const CANALS: readonly CanalPlan[] = [
  {
    name: '白沙河',
    width: 34,
    middle: km('-2.3 6, -1.9 5.2, -1.8 4.4, -1.4 3.5, -1.7 2.5, -1.2 1.5, -1.4 0.6, -1 -0.4, -1.1 -0.9'),
  },
  {
    name: '龙金运河',
    width: 44,
    middle: km(`
      -5.3 3, -4.6 2.8, -3.6 3.1, -2.4 2.8, -1.6 2.7, -0.4 3.1, 0.6 2.8, 1.8 3.1, 3 3.35, 4.1 3.3,
      4.9 2.7, 5.4 1.6, 6.2 0, 7 -1.8, 7.7 -3.4, 8.4 -4.3`),
  },
  {
    name: '沿江河',
    width: 28,
    middle: km('-6.5 4.3, -6.4 3.2, -6.1 2.3, -5.2 1.3, -4.2 1, -2.6 0.9, -1.3 1.1, 0.2 0.8, 1.7 0.7, 2.6 1'),
  },
  {
    name: '江南塘河',
    width: 38,
    middle: km(`
      1.9 4.9, 1.9 4.1, 2 3.2, 2.2 2, 2.7 0.7, 3.2 -0.6, 3.9 -2.2, 4.2 -3.6, 5.2 -4.6, 6.4 -5,
      7.6 -5.15`),
  },
  {
    name: '凤江河',
    width: 24,
    middle: km(
      '-8.5 0.5, -7.4 0.4, -6.4 0.6, -5.2 -0.5, -4.6 -1.5, -5.6 -2, -6.8 -1.9, -8.2 -1.8, -9.5 -1.9',
    ),
  },
  {
    name: '芦浦河',
    width: 26,
    middle: km('3.9 -2.4, 3.1 -3.2, 3.2 -4.4, 3.1 -5.5, 4 -5.9, 5.2 -5.9, 6.2 -6.3, 6.9 -5.8, 7.3 -5.2'),
  },
  {
    name: '湖前河',
    width: 18,
    middle: km('0.2 0.8, 0.1 -0.1, 0.4 -0.9, 0.2 -1.7'),
  },
  {
    name: '海城河',
    width: 24,
    middle: km('2.7 0.8, 4 0.9, 5.1 0.9, 5.7 0.9'),
  },
  {
    name: '东塘河',
    width: 26,
    middle: km('5.5 4.3, 6.6 3.5, 7.4 2.6, 8.3 1.2, 9 -0.6, 9.7 -2.3, 10.1 -3.6'),
  },
  {
    name: '池浦河',
    width: 16,
    middle: km('-3.6 6, -3.5 4.6, -3.4 3.6, -3.6 3.1'),
  },
  {
    name: '云岩河',
    width: 18,
    middle: km('-5.6 -2, -6.5 -2.9, -7.8 -3, -9 -2.9'),
  },
];
