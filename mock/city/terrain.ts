import { seededRandom } from '../seeded-random.ts';
import { greatRoads } from './great-roads.ts';
import { smoothNoise } from './smooth-noise.ts';
import {
  AO_RIVER,
  BOUNDS,
  CANALS,
  CENTRE,
  COAST,
  HILLS,
  type Sized,
  SOUTH_EDGE,
  WEST_BRANCH,
} from './proportions.ts';
import { at, between, crossing, distanceToLine, lengthOf, type Point } from './plane.ts';
import { areaOf, contains, distanceToRing, isSimple, type Ring } from './ring.ts';
import type { Water } from './waters.ts';
import { beside, smoothLine, smoothRing, spaced, thinned } from './smooth-line.ts';

const METRES_PER_DEGREE_NORTH = 110_800;
const METRES_PER_DEGREE_EAST = 98_700;

/** Degrees with six decimals, about a tenth of a metre. */
export const toLngLat = ({ x, y }: Point): [number, number] => [
  Number((CENTRE.lng + x / METRES_PER_DEGREE_EAST).toFixed(6)),
  Number((CENTRE.lat + y / METRES_PER_DEGREE_NORTH).toFixed(6)),
];
export const fromLngLat = (lng: number, lat: number): Point => ({
  x: (lng - CENTRE.lng) * METRES_PER_DEGREE_EAST,
  y: (lat - CENTRE.lat) * METRES_PER_DEGREE_NORTH,
});

/** A canal as drawn on the ground; its ends are settled when the roads beside it are. */
export interface Canal {
  readonly name: string;
  readonly width: number;
  readonly middle: readonly Point[];
}

/** The ring as it will be written: its corners on the grid of six decimals, none twice in a row. */
export const settled = (ring: Ring): Ring => {
  const corners = ring.map((point) => fromLngLat(...toLngLat(point)));
  return corners.filter(({ x, y }, index) => {
    const before = at(corners, (index + corners.length - 1) % corners.length);
    return Math.abs(before.x - x) > 0.01 || Math.abs(before.y - y) > 0.01;
  });
};

export interface Hill {
  readonly name: string;
  readonly foot: Ring;
  readonly top: Point;
}

/** The ground before anything is built on it. */
export interface Terrain {
  /** Counter-clockwise. */
  readonly land: Ring;
  /** The bank of the Ao river from west to east, then the coast to the eastern dyke's end. */
  readonly waterfront: readonly Point[];
  readonly hills: readonly Hill[];
  readonly canals: readonly Canal[];
  readonly rivers: readonly Water[];
  readonly sea: Ring;
}

/** The middle of a river, and half its width at each share of its length. */
function riverOf(corners: readonly Sized[]): {
  readonly middle: Point[];
  readonly half: (share: number) => number;
} {
  const middle = smoothLine(corners, 60);
  const total = lengthOf(corners);
  const stops: { share: number; half: number }[] = [];
  let run = 0;
  for (const [index, { width }] of corners.entries()) {
    if (index > 0) run += lengthOf([at(corners, index - 1), at(corners, index)]);
    stops.push({ share: run / total, half: width / 2 });
  }
  const half = (share: number): number => {
    const after = stops.findIndex((stop) => stop.share >= share);
    if (after <= 0) return at(stops, after === 0 ? 0 : -1).half;
    const low = at(stops, after - 1);
    const high = at(stops, after);
    return low.half + ((high.half - low.half) * (share - low.share)) / (high.share - low.share);
  };
  return { middle, half };
}

/** Makes the ground: where land, rivers, canals and hills are. */
export function shapeTerrain(seed: number): Terrain {
  const river = riverOf(AO_RIVER);
  const branch = riverOf(WEST_BRANCH);
  const southBank = beside(river.middle, (share) => -river.half(share));
  const northBank = beside(river.middle, river.half);
  const eastBank = beside(branch.middle, (share) => -branch.half(share));
  const westBank = beside(branch.middle, branch.half);

  const mouth = mouthOf(southBank, northBank);
  const bank = southBank.filter(({ x }) => x > -7250 && x < 5000);
  const coast = smoothLine(COAST, 70);
  const noise = smoothNoise(seededRandom(seed, 'terrain/ridge'), 420);
  const fine = smoothNoise(seededRandom(seed, 'terrain/ridge-fine'), 130);
  const west = eastBank.filter(({ x, y }) => y > -1100 && y < 4650 && x < -7300);
  const outline = (roughness: number): Ring => {
    const ridge = smoothLine(SOUTH_EDGE, 55).map((point, index, line) => {
      const fade = roughness * Math.min(1, index / 8, (line.length - 1 - index) / 8);
      const away = fade * (150 * noise(point) + 55 * fine(point));
      const aside = fade * 130 * noise({ x: point.x + 5000, y: point.y });
      return { x: point.x + away, y: point.y + aside + 0.6 * away };
    });
    const clockwise = [...west, ...bank, ...coast, ...ridge];
    return settled(thinned([...clockwise, at(clockwise, 0)], 4).reverse());
  };
  // A ridge that bends on itself is drawn again, smoother.
  const land = [1, 0.7, 0.4, 0].map(outline).find(isSimple);
  if (land === undefined || areaOf(land) <= 0)
    throw new Error('the outline must be one ring, counter-clockwise');

  const hills = HILLS.map(({ name, foot, top }) => ({
    name,
    foot: thinned(
      smoothRing(foot, 60).map((point) => ({
        x: point.x + 70 * fine(point),
        y: point.y + 70 * fine({ x: point.x, y: point.y + 9000 }),
      })),
      5,
    ),
    top: at(top, 0),
  }));
  const canals = CANALS.map(({ name, width, middle }): Canal => {
    const wander = smoothNoise(seededRandom(seed, `terrain/canal/${name}`), 500);
    const rough = spaced(smoothLine(middle, 120), 120).map((point) => ({
      x: point.x + 45 * wander(point),
      y: point.y + 45 * wander({ x: point.x + 7000, y: point.y }),
    }));
    const line = thinned(smoothLine(rough, 30), 1.5);
    return { name, width, middle: line };
  });
  return {
    land,
    waterfront: [...bank, ...coast.filter(({ y }, index) => y > -2950 && index < coast.length / 2)],
    hills,
    canals,
    rivers: [
      {
        name: '鳌江',
        ring: [
          ...thinned(southBank.slice(0, mouth.south), 3),
          ...mouth.line,
          ...thinned(northBank.slice(0, mouth.north), 3).reverse(),
        ],
      },
      { name: '横阳支江', ring: [...thinned(eastBank, 3), ...thinned(westBank, 3).reverse()] },
    ],
    sea: settled([
      ...mouth.line.toReversed(),
      ...thinned(bank.slice(bank.indexOf(at(southBank, mouth.south))), 3),
      ...thinned(coast, 3),
      ...openSea(at(coast, -1), at(northBank, -1)),
      ...thinned(northBank.slice(mouth.north), 3).reverse(),
    ]),
  };
}

/**
 * Where the river becomes the sea: under the motorway's bridge, so that the seam is not seen.
 * South and north are the first points of the banks beyond the line, which runs from south to north.
 */
function mouthOf(
  southBank: readonly Point[],
  northBank: readonly Point[],
): { readonly line: readonly Point[]; readonly south: number; readonly north: number } {
  const bridge = greatRoads().find(({ roadClass }) => roadClass === 'motorway')?.points ?? [];
  const south = meeting(southBank, bridge);
  const north = meeting(northBank, bridge);
  // The motorway is drawn from north to south.
  const between = bridge.slice(north.onOther, south.onOther).toReversed();
  return { line: [south.point, ...between, north.point], south: south.onLine, north: north.onLine };
}

/** The first place where a line meets another: the point, and the next point after it on both. */
function meeting(
  line: readonly Point[],
  other: readonly Point[],
): { readonly point: Point; readonly onLine: number; readonly onOther: number } {
  for (let onLine = 1; onLine < line.length; onLine += 1)
    for (let onOther = 1; onOther < other.length; onOther += 1) {
      const [a, b] = [at(line, onLine - 1), at(line, onLine)];
      const hit = crossing(a, b, at(other, onOther - 1), at(other, onOther));
      if (hit !== undefined) return { point: between(a, b, hit.first), onLine, onOther };
    }
  throw new Error('the motorway must cross the river');
}

/** The open sea's outline within the bounds, from the eastern cape to the estuary's northern end. */
function openSea(cape: Point, northEnd: Point): Point[] {
  const [, south, east, north] = BOUNDS;
  const northEast = fromLngLat(east, north);
  const southEast = fromLngLat(east, south);
  return [
    { x: cape.x + 150, y: cape.y - 700 },
    { x: cape.x - 300, y: cape.y - 1600 },
    { x: cape.x - 1900, y: cape.y - 2600 },
    { x: cape.x - 2300, y: cape.y - 3900 },
    { x: cape.x - 900, y: cape.y - 5300 },
    { x: cape.x - 2100, y: cape.y - 7600 },
    { x: cape.x - 3700, y: southEast.y },
    southEast,
    northEast,
    { x: northEnd.x + 4600, y: northEast.y },
    { x: northEnd.x + 3200, y: northEnd.y + 5200 },
    { x: northEnd.x + 3800, y: northEnd.y + 3400 },
    { x: northEnd.x + 2300, y: northEnd.y + 1700 },
    { x: northEnd.x + 900, y: northEnd.y + 400 },
  ];
}

/** The water of a canal. */
export const waterOf = ({ middle, width }: Canal): Ring => [
  ...beside(middle, () => -width / 2),
  ...beside(middle, () => width / 2).reverse(),
];

/** How far from dry ground's edge a point lies; below 0 in water or outside. */
export function dryness(terrain: Terrain, point: Point): number {
  if (!contains(terrain.land, point)) return -distanceToRing(point, terrain.land);
  let dry = distanceToRing(point, terrain.land);
  for (const canal of terrain.canals)
    dry = Math.min(dry, distanceToLine(point, canal.middle) - canal.width / 2);
  return dry;
}

export const onHill = (terrain: Terrain, point: Point): boolean =>
  terrain.hills.some(({ foot }) => contains(foot, point));
