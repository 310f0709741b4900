import { CATEGORIES, type Category, type Priority } from '@maplewall/shared/domain/incident.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { DAY_MS, type Calendar } from './duty.ts';
import { distance, type Point } from './street-net.ts';
import type { LifePack, NamedPlace } from './pack.ts';

/** What somebody reports, before anybody is asked to go. */
export interface PlannedIncident {
  readonly id: string;
  readonly at: number;
  readonly category: Category;
  readonly subCategory: string;
  readonly priority: Priority;
  readonly point: Point;
  readonly place: string;
  /** The enterprise post whose guards are at hand; undefined elsewhere. */
  readonly nearPost: string | undefined;
}

/** Incidents on an ordinary weekday. */
const PER_DAY = 290;

/** Share of each category, in the order of CATEGORIES; non-police is about 30 %. */
const CATEGORY_SHARES = [4, 13, 17, 14, 12, 4, 6, 30];

/** How much happens in each hour of the day, by category group. */
const EVENING = [5, 3, 2, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 8, 10, 11, 10, 8, 6];
const RUSH = [2, 1, 1, 1, 1, 2, 4, 9, 9, 6, 5, 5, 6, 5, 5, 5, 7, 10, 9, 6, 5, 4, 3, 2];
const OFFICE = [1, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 3, 7, 9, 10, 8, 5, 6, 9, 9, 8, 6, 4, 4, 4, 3, 2, 1];
const HOURS_OF: Readonly<Record<Category, readonly number[]>> = {
  criminal: EVENING,
  publicOrder: EVENING,
  traffic: RUSH,
  dispute: EVENING,
  help: RUSH,
  fireAndSafety: EVENING,
  fraud: OFFICE,
  nonPolice: OFFICE,
};

/** Shares of priorities 1–4; consultations are mostly non-police. */
const PRIORITY_SHARES = [2, 10, 48, 40];
const POST_REACH_METRES = 60;

/** A day's incidents in the order of their time. */
export function planIncidents(
  pack: LifePack,
  day: number,
  calendar: Calendar,
  seed: number,
): readonly PlannedIncident[] {
  const random = seededRandom(seed, `incidents/${day}`);
  const weekend = calendar.isWeekend(day) ? 1.12 : 1;
  const count = Math.round(PER_DAY * weekend * random.between(0.9, 1.12));
  const start = calendar.startOf(day);
  const planned: Omit<PlannedIncident, 'id'>[] = [];
  for (let index = 0; index < count; index += 1) {
    const category = CATEGORIES[random.pickIndex(CATEGORY_SHARES)] ?? 'help';
    const at = Math.floor(
      start + (random.pickIndex(HOURS_OF[category]) / 24) * DAY_MS + random.next() * (DAY_MS / 24),
    );
    const spot = pickSpot(pack, random);
    const shares = category === 'nonPolice' ? [0, 0, 15, 85] : PRIORITY_SHARES;
    planned.push({
      at,
      category,
      subCategory: pickSubCategory(pack, category, random),
      priority: (random.pickIndex(shares) + 1) as Priority,
      ...spot,
    });
  }
  return planned
    .toSorted((a, b) => a.at - b.at)
    .map((incident, index) => ({
      ...incident,
      id: `LG${calendar.nameOf(day)}-${String(index + 1).padStart(4, '0')}`,
    }));
}

function pickSubCategory({ city }: LifePack, category: Category, random: Random): string {
  const own = city.subCategories.filter((each) => each.category === category);
  return own.length === 0 ? '' : random.pick(own).name.zh;
}

type Spot = Pick<PlannedIncident, 'point' | 'place' | 'nearPost'>;

/** At an enterprise's gate, near a place where people are, or anywhere in a grid. */
function pickSpot(pack: LifePack, random: Random): Spot {
  const { city, map, places, grids, streets } = pack;
  const where = random.pickIndex([16, 54, 30]);
  if (where === 0 && city.posts.length > 0) {
    const post = random.pick(city.posts);
    const gate = map.toPoint(post.lng, post.lat);
    const angle = random.between(0, 2 * Math.PI);
    const away = random.between(8, POST_REACH_METRES);
    return {
      point: { x: gate.x + Math.cos(angle) * away, y: gate.y + Math.sin(angle) * away },
      place: post.name.zh,
      nearPost: post.id,
    };
  }
  const crowded = places.filter(({ kind }) => kind !== 'village');
  const near: Point =
    where === 1 && crowded.length > 0
      ? random.pick(crowded).point
      : grids.length > 0
        ? random.pick(grids).middle
        : streets.node(random.below(streets.nodes.length));
  const node = streets.nearest({ x: near.x + random.normal(0, 220), y: near.y + random.normal(0, 220) });
  return { point: streets.node(node), place: inWords(pack, node, random), nearPost: undefined };
}

/** 'A × B' at a junction of two named streets, else the nearest place, else the street. */
function inWords({ streets, places }: LifePack, node: number, random: Random): string {
  const [first, second] = streets.names[node] ?? [];
  if (first !== undefined && second !== undefined) return `${first}×${second}`;
  const here = streets.node(node);
  let nearest: NamedPlace | undefined;
  let nearestMetres = 600;
  for (const place of places) {
    const metres = distance(place.point, here);
    if (metres < nearestMetres) [nearest, nearestMetres] = [place, metres];
  }
  const number = `${1 + random.below(398)}号`;
  if (first !== undefined)
    return nearest === undefined ? `${first}${number}` : `${first}${number}（${nearest.name}）`;
  return nearest === undefined ? '沿街' : `${nearest.name}附近`;
}
