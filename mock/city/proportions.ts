import type { RoadClass } from '@maplewall/shared/domain/city.ts';
import type { Point } from './plane.ts';

/**
 * The coarse proportions of Longgang, set by hand in kilometres east and north of the centre and rounded to a
 * few hundred metres: where the river bends, where the coast runs, where the hills stand, and how the great
 * roads cross. Everything finer is generated.
 *
 *        Ao river ~~~~~~~~~~~~~~~~~~~~~ estuary
 *      fields   old town   new town  \ dyke
 *      villages   fields    industry  \      sea
 *      hills  (other county)  villages \_
 *                             port towns  hills
 */
export const CENTRE = { lng: 120.56, lat: 27.54 } as const;
export const BOUNDS = [120.44, 27.455, 120.69, 27.62] as const;

type Coarse = readonly (readonly [number, number])[];
export const fromKm = (coarse: Coarse): Point[] => coarse.map(([x, y]) => ({ x: x * 1000, y: y * 1000 }));

/** The middle of the Ao river from the hills to the estuary, and its width in metres at each point. */
export const AO_RIVER: readonly (readonly [number, number, number])[] = [
  [-10.9, 5.9, 190],
  [-9.6, 5.5, 200],
  [-8.5, 5.1, 210],
  [-7.4, 4.9, 220],
  [-6.5, 4.2, 230],
  [-6.1, 3.3, 240],
  [-5.4, 3.0, 250],
  [-4.9, 3.7, 260],
  [-5.2, 4.7, 270],
  [-4.8, 5.6, 290],
  [-3.9, 5.9, 300],
  [-3.1, 5.6, 310],
  [-2.4, 5.8, 320],
  [-1.7, 6.5, 330],
  [-0.8, 6.6, 350],
  [-0.2, 5.7, 400],
  [0.4, 4.8, 460],
  [1.4, 4.7, 540],
  [2.4, 5.4, 700],
  [3.4, 5.9, 950],
  [4.4, 6.2, 1400],
  [5.3, 6.4, 1900],
];

/** The western branch, from the south to where it joins the Ao river. */
export const WEST_BRANCH: readonly (readonly [number, number, number])[] = [
  [-9.9, -1.5, 60],
  [-9.1, -0.6, 70],
  [-8.4, 0.4, 80],
  [-7.9, 1.4, 90],
  [-7.9, 2.4, 100],
  [-8.4, 3.2, 100],
  [-8.1, 4.0, 110],
  [-7.6, 4.9, 120],
];

/** From the estuary along the dykes of the new land, round the bay and the eastern cape. */
export const COAST: Coarse = [
  [5.4, 4.9],
  [6.5, 4.0],
  [7.8, 3.1],
  [8.7, 2.2],
  [9.4, 0.4],
  [10.1, -1.5],
  [10.6, -3.0],
  [10.2, -3.4],
  [8.8, -3.6],
  [7.9, -4.1],
  [7.4, -4.9],
  [7.5, -5.3],
  [7.9, -4.95],
  [8.4, -4.6],
  [9.5, -4.45],
  [10.6, -4.2],
  [11.0, -4.7],
  [10.4, -5.5],
  [9.9, -6.3],
];

/** The southern edge by land, from the eastern cape back to the western branch. */
export const SOUTH_EDGE: Coarse = [
  [9.6, -7.1],
  [8.8, -7.8],
  [7.2, -7.7],
  [5.9, -8.0],
  [5.0, -7.2],
  [4.3, -6.8],
  [3.5, -7.6],
  [2.2, -7.8],
  [1.5, -6.5],
  [1.7, -5.2],
  [1.6, -3.9],
  [1.9, -2.9],
  [1.2, -2.5],
  [0.3, -2.8],
  [-0.9, -2.4],
  [-1.7, -1.6],
  [-2.9, -1.4],
  [-3.5, -1.9],
  [-3.3, -2.6],
  [-4.2, -3.3],
  [-4.6, -4.1],
  [-4.7, -5.1],
  [-6.1, -5.5],
  [-7.5, -5.9],
  [-8.8, -5.2],
  [-9.9, -3.9],
  [-9.3, -2.8],
  [-9.1, -2.0],
];

/** Feet of the hills; no streets go up there, but paths do. */
export const HILLS: readonly {
  readonly name: string;
  readonly nameEn: string;
  readonly foot: Coarse;
  readonly top: readonly [number, number];
}[] = [
  {
    name: '云岩山',
    nameEn: 'Yunyan Hill',
    foot: [
      [-10.2, -4.1],
      [-9.2, -3.3],
      [-8.2, -3.5],
      [-7.3, -3.3],
      [-6.6, -3.8],
      [-5.6, -3.5],
      [-4.9, -3.9],
      [-4.4, -5.2],
      [-6.0, -5.9],
      [-7.5, -6.3],
      [-9.0, -5.6],
    ],
    top: [-7.3, -4.5],
  },
  {
    name: '琵琶山',
    nameEn: 'Pipa Hill',
    foot: [
      [7.7, -5.9],
      [7.8, -5.25],
      [8.4, -4.9],
      [9.5, -4.75],
      [10.6, -4.4],
      [10.8, -4.75],
      [10.1, -5.6],
      [9.7, -6.4],
      [9.3, -7.3],
      [8.6, -8.0],
      [7.8, -7.0],
    ],
    top: [8.9, -5.9],
  },
  {
    name: '石牛山',
    nameEn: 'Shiniu Hill',
    foot: [
      [-3.9, -2.5],
      [-3.3, -1.9],
      [-2.6, -1.2],
      [-1.7, -1.3],
      [-1.2, -1.9],
      [-0.4, -1.8],
      [0.3, -2.2],
      [1.1, -1.9],
      [1.6, -2.2],
      [1.5, -2.9],
      [0.3, -3.1],
      [-0.9, -2.7],
      [-1.9, -2.0],
      [-2.8, -1.9],
      [-3.6, -2.9],
    ],
    top: [-0.5, -2.3],
  },
];

/** A canal's middle, drawn as a loose line; its banks become lanes. */
export interface CanalPlan {
  readonly name: string;
  readonly width: number;
  readonly middle: Coarse;
}
export const CANALS: readonly CanalPlan[] = [
  {
    name: '白沙河',
    width: 34,
    middle: [
      [-2.3, 6.0],
      [-1.9, 5.2],
      [-1.8, 4.4],
      [-1.4, 3.5],
      [-1.7, 2.5],
      [-1.2, 1.5],
      [-1.4, 0.6],
      [-1.0, -0.4],
      [-1.1, -0.9],
    ],
  },
  {
    name: '龙金运河',
    width: 44,
    middle: [
      [-5.3, 3.0],
      [-4.6, 2.8],
      [-3.6, 3.1],
      [-2.4, 2.8],
      [-1.6, 2.7],
      [-0.4, 3.1],
      [0.6, 2.8],
      [1.8, 3.1],
      [3.0, 3.35],
      [4.1, 3.3],
      [4.9, 2.7],
      [5.4, 1.6],
      [6.2, 0.0],
      [7.0, -1.8],
      [7.7, -3.4],
      [8.4, -4.3],
    ],
  },
  {
    name: '沿江河',
    width: 28,
    middle: [
      [-6.5, 4.3],
      [-6.4, 3.2],
      [-6.1, 2.3],
      [-5.2, 1.3],
      [-4.2, 1.0],
      [-2.6, 0.9],
      [-1.3, 1.1],
      [0.2, 0.8],
      [1.7, 0.7],
      [2.6, 1.0],
    ],
  },
  {
    name: '江南塘河',
    width: 38,
    middle: [
      [1.9, 4.9],
      [1.9, 4.1],
      [2.0, 3.2],
      [2.2, 2.0],
      [2.7, 0.7],
      [3.2, -0.6],
      [3.9, -2.2],
      [4.2, -3.6],
      [5.2, -4.6],
      [6.4, -5.0],
      [7.6, -5.15],
    ],
  },
  {
    name: '凤江河',
    width: 24,
    middle: [
      [-8.5, 0.5],
      [-7.4, 0.4],
      [-6.4, 0.6],
      [-5.2, -0.5],
      [-4.6, -1.5],
      [-5.6, -2.0],
      [-6.8, -1.9],
      [-8.2, -1.8],
      [-9.5, -1.9],
    ],
  },
  {
    name: '芦浦河',
    width: 26,
    middle: [
      [3.9, -2.4],
      [3.1, -3.2],
      [3.2, -4.4],
      [3.1, -5.5],
      [4.0, -5.9],
      [5.2, -5.9],
      [6.2, -6.3],
      [6.9, -5.8],
      [7.3, -5.2],
    ],
  },
  {
    name: '湖前河',
    width: 18,
    middle: [
      [0.2, 0.8],
      [0.1, -0.1],
      [0.4, -0.9],
      [0.2, -1.7],
    ],
  },
  {
    name: '海城河',
    width: 24,
    middle: [
      [2.7, 0.8],
      [4.0, 0.9],
      [5.1, 0.9],
      [5.7, 0.9],
    ],
  },
  {
    name: '东塘河',
    width: 26,
    middle: [
      [5.5, 4.3],
      [6.6, 3.5],
      [7.4, 2.6],
      [8.3, 1.2],
      [9.0, -0.6],
      [9.7, -2.3],
      [10.1, -3.6],
    ],
  },
  {
    name: '池浦河',
    width: 16,
    middle: [
      [-3.6, 6.0],
      [-3.5, 4.6],
      [-3.4, 3.6],
      [-3.6, 3.1],
    ],
  },
  {
    name: '云岩河',
    width: 18,
    middle: [
      [-5.6, -2.0],
      [-6.5, -2.9],
      [-7.8, -3.0],
      [-9.0, -2.9],
    ],
  },
];

/** A great road that is drawn by hand; the class says how wide it is. */
export interface RoadPlan {
  readonly name: string;
  readonly roadClass: RoadClass;
  readonly line: Coarse;
  /** Motorways pass over everything but at these junctions, by their distance from the nearest given point. */
  readonly interchanges?: Coarse;
}
export const GREAT_ROADS: readonly RoadPlan[] = [
  {
    name: '世纪大道',
    roadClass: 'arterial',
    line: [
      [-11.0, 2.7],
      [-9.2, 2.3],
      [-7.4, 2.0],
      [-5.5, 1.7],
      [-3.0, 1.9],
      [0.6, 2.3],
      [3.0, 2.8],
      [4.0, 2.7],
      [4.8, 1.9],
      [5.6, 0.0],
      [6.3, -1.7],
      [6.9, -3.2],
      [7.1, -4.3],
    ],
  },
  {
    name: '龙金大道',
    roadClass: 'arterial',
    line: [
      [-4.3, 8.0],
      [-4.1, 6.0],
      [-4.0, 4.9],
      [-3.6, 3.6],
      [-3.1, 1.9],
      [-2.8, 1.0],
      [-3.1, 0.2],
      [-3.1, -0.9],
    ],
  },
  {
    name: '龙港大道',
    roadClass: 'arterial',
    line: [
      [-4.6, 4.2],
      [-3.8, 4.5],
      [-2.4, 4.7],
      [-1.4, 5.3],
      [-0.7, 5.6],
    ],
  },
  {
    name: '瓯南大桥',
    roadClass: 'arterial',
    line: [
      [-0.7, 5.6],
      [0.3, 6.1],
      [1.4, 6.4],
      [2.0, 7.4],
    ],
  },
  {
    name: '人民路',
    roadClass: 'arterial',
    line: [
      [-1.8, 5.75],
      [-1.4, 5.3],
      [-0.6, 4.3],
      [0.0, 3.4],
      [0.6, 2.3],
      [1.0, 1.2],
      [1.2, 0.2],
      [1.0, -0.8],
    ],
  },
  {
    name: '龙翔路',
    roadClass: 'street',
    line: [
      [-1.2, 6.0],
      [-0.9, 5.5],
      [-0.3, 4.4],
      [0.4, 3.3],
      [1.3, 2.4],
    ],
  },
  {
    name: '东城路',
    roadClass: 'arterial',
    line: [
      [-0.9, 2.1],
      [-0.4, 2.7],
      [0.4, 3.3],
      [1.2, 3.7],
      [3.4, 3.9],
    ],
  },
  {
    name: '临港大道',
    roadClass: 'arterial',
    line: [
      [3.4, 3.9],
      [4.4, 3.8],
      [5.6, 3.2],
      [7.0, 2.2],
      [7.9, 0.7],
      [8.8, -1.4],
      [9.3, -2.7],
      [9.6, -3.15],
    ],
  },
  {
    name: '西三街',
    roadClass: 'street',
    line: [
      [-3.0, 5.15],
      [-3.0, 4.6],
      [-2.9, 3.4],
      [-2.7, 2.6],
      [-2.3, 1.9],
      [-2.1, 0.6],
    ],
  },
  {
    name: '西一街',
    roadClass: 'street',
    line: [
      [-2.2, 5.35],
      [-2.2, 4.7],
      [-2.0, 3.7],
      [-1.9, 2.9],
      [-1.6, 2.1],
    ],
  },
  {
    name: '西城路',
    roadClass: 'street',
    line: [
      [-3.8, 4.1],
      [-2.9, 3.9],
      [-1.8, 3.9],
      [-0.9, 4.6],
      [-0.5, 4.85],
    ],
  },
  {
    name: '镇前路',
    roadClass: 'street',
    line: [
      [-3.6, 3.6],
      [-2.9, 3.4],
      [-1.9, 3.3],
      [-1.0, 3.8],
      [-0.6, 4.3],
      [0.2, 4.4],
    ],
  },
  {
    name: '宫后路',
    roadClass: 'street',
    line: [
      [-2.0, 2.9],
      [-1.0, 3.0],
      [0.0, 3.4],
      [0.4, 3.3],
    ],
  },
  {
    name: '龙宁路',
    roadClass: 'street',
    line: [
      [-0.6, 4.3],
      [-1.3, 3.6],
      [-1.0, 2.6],
      [-0.8, 2.1],
    ],
  },
  {
    name: '灵龙大道',
    roadClass: 'arterial',
    line: [
      [-10.8, -1.6],
      [-9.2, -1.3],
      [-7.2, -1.4],
      [-5.6, -1.2],
      [-4.4, -1.0],
      [-3.1, -0.9],
      [-2.6, -0.9],
    ],
  },
  {
    name: '海峡大道',
    roadClass: 'arterial',
    line: [
      [-5.5, 1.7],
      [-5.4, 0.7],
      [-5.6, -0.2],
      [-5.6, -1.2],
      [-5.9, -2.4],
    ],
  },
  {
    name: '萧龙线',
    roadClass: 'street',
    line: [
      [-6.9, 4.2],
      [-6.8, 3.0],
      [-6.6, 1.9],
      [-6.8, 0.6],
      [-7.2, -1.4],
      [-7.4, -2.4],
    ],
  },
  {
    name: '灵宜线',
    roadClass: 'street',
    line: [
      [-10.6, -2.9],
      [-9.4, -2.5],
      [-7.4, -2.4],
      [-5.9, -2.4],
      [-4.8, -2.3],
      [-3.9, -2.2],
      [-3.0, -2.6],
    ],
  },
  {
    name: '龙魁线',
    roadClass: 'street',
    line: [
      [1.2, 3.7],
      [1.3, 2.4],
      [1.6, 1.2],
      [2.4, -0.4],
      [3.0, -1.9],
      [3.6, -3.0],
      [4.6, -4.0],
      [5.4, -5.2],
      [6.2, -6.4],
      [6.5, -7.6],
    ],
  },
  {
    name: '灵海大道',
    roadClass: 'arterial',
    line: [
      [-2.6, -0.9],
      [-0.6, -0.9],
      [1.0, -0.8],
      [2.4, -0.4],
      [4.2, 0.1],
      [5.6, 0.0],
    ],
  },
  {
    name: '东海大道',
    roadClass: 'arterial',
    line: [
      [5.6, 0.0],
      [6.8, 0.4],
      [7.9, 0.7],
      [9.0, 0.95],
    ],
  },
  {
    name: '时代大道',
    roadClass: 'arterial',
    line: [
      [3.3, 5.1],
      [3.4, 3.9],
      [3.5, 2.8],
      [3.8, 1.4],
      [4.2, 0.1],
      [4.8, -1.6],
      [5.4, -3.1],
      [6.2, -4.3],
      [6.2, -5.3],
    ],
  },
  {
    name: '迎宾路',
    roadClass: 'street',
    line: [
      [3.8, 1.4],
      [4.9, 1.5],
      [6.1, 1.9],
      [7.0, 2.2],
    ],
  },
  {
    name: '华润路',
    roadClass: 'street',
    line: [
      [3.0, -4.0],
      [4.6, -4.0],
      [6.2, -4.3],
      [7.1, -4.3],
      [7.7, -3.85],
      [8.7, -3.35],
      [9.6, -3.15],
      [10.3, -2.95],
    ],
  },
  {
    name: '舥艚大道',
    roadClass: 'street',
    line: [
      [1.8, -6.4],
      [3.6, -6.1],
      [4.8, -5.4],
      [5.4, -5.2],
      [6.2, -5.3],
      [7.5, -5.8],
    ],
  },
  {
    name: '鳌江四桥',
    roadClass: 'arterial',
    line: [
      [1.2, 3.7],
      [1.1, 4.4],
      [0.9, 5.4],
      [0.9, 6.8],
    ],
  },
  {
    name: '甬莞高速',
    roadClass: 'motorway',
    line: [
      [5.6, 8.6],
      [4.7, 6.4],
      [3.0, 3.3],
      [2.75, 2.0],
      [3.1, 0.6],
      [4.0, -1.5],
      [4.4, -3.2],
      [4.1, -4.6],
      [3.3, -6.0],
      [2.9, -7.4],
      [2.2, -8.9],
    ],
    interchanges: [
      [2.9, 2.75],
      [3.5, -3.9],
    ],
  },
  {
    name: '瑞苍高速',
    roadClass: 'motorway',
    line: [
      [-10.8, 0.5],
      [-8.6, 0.1],
      [-7.0, 0.1],
      [-5.5, 0.2],
      [-4.5, -0.4],
      [-4.0, -1.6],
      [-3.7, -2.6],
      [-3.2, -4.6],
      [-2.0, -6.6],
      [0.2, -8.9],
    ],
    interchanges: [[-5.4, 0.2]],
  },
];

/** What a part of the city looks like: how large its blocks are (hectares), how it is built, how regular it is. */
export const ZONE_KINDS = {
  oldTown: { hectares: 0.75, aligned: 0.45, bend: 0.9 },
  town: { hectares: 1.9, aligned: 0.6, bend: 0.8 },
  newTown: { hectares: 4.6, aligned: 0.97, bend: 0.1 },
  industry: { hectares: 5.5, aligned: 0.9, bend: 0.3 },
  village: { hectares: 1.3, aligned: 0.35, bend: 1 },
  fields: { hectares: 14, aligned: 0.5, bend: 1 },
  newLand: { hectares: 38, aligned: 0.95, bend: 0.1 },
} as const;
export type ZoneKind = keyof typeof ZONE_KINDS;

/** Where the kinds of places are; the first that holds a point counts, and where none does there are fields. */
export const ZONES: readonly { readonly kind: ZoneKind; readonly outline: Coarse }[] = [
  {
    kind: 'oldTown',
    outline: [
      [-2.3, 4.6],
      [-2.2, 5.6],
      [-1.3, 6.6],
      [-0.4, 6.0],
      [-0.1, 4.8],
      [0.3, 4.2],
      [-0.4, 4.0],
      [-1.4, 3.9],
    ],
  },
  {
    kind: 'town',
    outline: [
      [-4.1, 5.9],
      [-1.5, 6.2],
      [0.3, 4.8],
      [1.2, 4.6],
      [1.5, 3.4],
      [1.1, 2.2],
      [-0.8, 1.7],
      [-3.3, 1.6],
      [-3.9, 3.2],
      [-4.6, 4.4],
    ],
  },
  {
    kind: 'newTown',
    outline: [
      [1.4, 5.2],
      [3.0, 5.6],
      [5.4, 5.4],
      [7.0, 4.2],
      [7.4, 1.8],
      [6.8, 0.3],
      [4.3, 0.1],
      [1.2, 1.1],
      [1.2, 2.4],
    ],
  },
  {
    kind: 'industry',
    outline: [
      [3.4, 0.1],
      [6.6, 0.3],
      [7.6, -2.6],
      [7.2, -3.8],
      [4.7, -3.6],
      [3.6, -1.4],
    ],
  },
  {
    kind: 'industry',
    outline: [
      [-3.2, 1.6],
      [-0.8, 1.7],
      [0.3, 1.0],
      [-0.8, 0.5],
      [-3.2, 0.8],
    ],
  },
  {
    kind: 'industry',
    outline: [
      [-7.2, -1.0],
      [-6.0, -0.9],
      [-5.9, -2.0],
      [-7.0, -2.1],
    ],
  },
  {
    kind: 'newLand',
    outline: [
      [6.6, 4.4],
      [7.3, 2.0],
      [6.8, 0.3],
      [7.7, -2.6],
      [7.3, -4.3],
      [8.4, -4.4],
      [11.4, -3.0],
      [8.6, 3.8],
    ],
  },
  {
    kind: 'town',
    outline: [
      [5.4, -4.6],
      [7.1, -4.6],
      [7.4, -5.9],
      [6.9, -6.7],
      [5.6, -6.4],
      [5.0, -5.4],
    ],
  },
  {
    kind: 'village',
    outline: [
      [2.5, -4.6],
      [4.4, -4.5],
      [5.0, -5.4],
      [5.6, -7.2],
      [4.4, -6.3],
      [3.5, -7.1],
      [2.3, -6.6],
    ],
  },
];
