import { seededRandom } from '../seeded-random.ts';
import { COMMUNITY_NAMES, type CommunityName } from './community-names.ts';
import { at, distance, type Point } from './plane.ts';
import { km } from './proportions.ts';
import type { ZoneKind } from './zone-plans.ts';
import { growRegions, neighboursOf, outlineOf, spreadSeeds, type Shape } from './regions.ts';
import type { PlanFace, StreetPlan } from './plan-faces.ts';

export interface Grid {
  readonly id: string;
  readonly communityId: string;
  readonly precinctId: string;
  readonly shapes: readonly Shape[];
  /** Numbers of the plan's faces. */
  readonly faces: readonly number[];
}
export interface Community extends CommunityName {
  readonly shapes: readonly Shape[];
  readonly faces: readonly number[];
  readonly seat: Point;
  readonly grids: readonly Grid[];
}

const GRID_COUNT = 450;
/** 城东派出所 has 48.8 square kilometres: so much by its seats, and about one of canals and corners between precincts. */
const EASTERN = { id: 'chengdong', area: 47_800_000 } as const;

/** Where each precinct lies, in kilometres, and how far it reaches compared with the others. */
const PRECINCT_SEATS: readonly {
  readonly id: string;
  readonly seats: readonly Point[];
  readonly reach: number;
}[] = [
  { id: 'chengbei', seats: km('-3.4 5, -1.3 5.9, -4.4 4.4'), reach: 0.8 },
  { id: 'chengzhong', seats: km('-1.2 3.9, 0.2 3.3, -2.6 3.2'), reach: 0.95 },
  // Its reach is found by its area.
  { id: 'chengdong', seats: km('4.6 3, 5.4 0.2, 6.2 -2.2, 8 -1, 7 1.6'), reach: 1 },
  { id: 'longjiang', seats: km('-5.6 2.4, -3.4 1.2, -6.6 3.6'), reach: 1 },
  { id: 'yunyan', seats: km('-5.6 -1.2, -6.6 -2.6'), reach: 1.1 },
  { id: 'chengnan', seats: km('-0.6 0.5, 1.4 0.8, 1.6 -0.8'), reach: 0.95 },
  { id: 'lupu', seats: km('3.2 -4.8, 3.6 -3.2'), reach: 0.9 },
  { id: 'bacao', seats: km('6.3 -5.5, 8.2 -5.6'), reach: 1 },
];

/** How many people a square metre stands for, compared with a village's. */
const DENSITY: Readonly<Record<ZoneKind, number>> = {
  oldTown: 5,
  town: 3.2,
  newTown: 1.3,
  industry: 0.6,
  village: 1.4,
  fields: 0.4,
  newLand: 0.12,
};
export const weightOf = ({ use, zone, area }: PlanFace): number =>
  use === 'canal' ? 0 : area * (use === 'hill' ? 0.05 : DENSITY[zone]);

/**
 * Divides the land among the communities, and each community into grids. Both follow the streets, because they
 * are made of whole blocks; communities are small where many people live.
 */
export function divideLand({ graph, faces }: StreetPlan, seed: number): Community[] {
  const around = neighboursOf(faces);
  const precinctOf = assignPrecincts(faces);
  const seats: number[] = [];
  const names: CommunityName[] = [];
  const owner = new Map<number, number>();
  for (const { id } of PRECINCT_SEATS) {
    const random = seededRandom(seed, `communities/${id}`);
    const members = [...faces.keys()].filter(
      (face) => precinctOf[face] === id && at(faces, face).use !== 'canal',
    );
    const open = COMMUNITY_NAMES.filter(({ precinctId }) => precinctId === id);
    const seeds = spreadSeeds(faces, members, (face) => weightOf(at(faces, face)), open.length, random);
    // Names with neighbouring codes lie beside each other: from west to east in bands.
    const sorted = seeds.toSorted(
      (one, two) => bandOf(at(faces, one).inside) - bandOf(at(faces, two).inside),
    );
    for (const [face, seat] of growRegions(faces, around, new Set(members), sorted))
      owner.set(face, seats.length + seat);
    seats.push(...sorted);
    names.push(...open);
  }
  adoptRest(faces, around, owner);
  const parts = seats.map((): number[] => []);
  for (const [face, seat] of [...owner].sort(([one], [two]) => one - two)) at(parts, seat).push(face);
  const counts = shareOut(
    parts.map((part) => part.reduce((sum, face) => sum + weightOf(at(faces, face)), 0) ** 0.6),
    parts.map((part) => Math.max(1, Math.floor(part.length / 3))),
    GRID_COUNT,
  );
  return seats
    .map((seat, index): Community => {
      const name = at(names, index);
      const part = at(parts, index);
      const grids = divideCommunity(graph, faces, around, name, part, at(counts, index), seed);
      return {
        ...name,
        seat: at(faces, seat).inside,
        faces: part,
        shapes: outlineOf(graph, faces, part),
        grids,
      };
    })
    .sort((one, two) => (one.id < two.id ? -1 : 1));
}

function divideCommunity(
  graph: StreetPlan['graph'],
  faces: readonly PlanFace[],
  around: readonly (readonly number[])[],
  { id, precinctId }: CommunityName,
  part: readonly number[],
  count: number,
  seed: number,
): Grid[] {
  const solid = part.filter((face) => at(faces, face).use !== 'canal');
  const seeds = spreadSeeds(
    faces,
    solid,
    (face) => weightOf(at(faces, face)),
    count,
    seededRandom(seed, `grids/${id}`),
  );
  const owner = growRegions(faces, around, new Set(solid), seeds);
  const mine = new Set(part);
  adoptRest(
    faces,
    around.map((others, face) => (mine.has(face) ? others.filter((other) => mine.has(other)) : [])),
    owner,
    mine,
  );
  const members = seeds.map((): number[] => []);
  for (const [face, grid] of [...owner].sort(([one], [two]) => one - two)) at(members, grid).push(face);
  return members.map((list, index) => ({
    id: `${id}${String(index + 1).padStart(3, '0')}`,
    communityId: id,
    precinctId,
    faces: list,
    shapes: outlineOf(graph, faces, list),
  }));
}

/** Canals, and whatever could not be reached, go to the neighbour who has most of their edges. */
function adoptRest(
  faces: readonly PlanFace[],
  around: readonly (readonly number[])[],
  owner: Map<number, number>,
  members: ReadonlySet<number> = new Set(faces.keys()),
): void {
  let rest = [...members].filter((face) => !owner.has(face));
  for (let changed = true; changed && rest.length > 0;) {
    changed = false;
    const left: number[] = [];
    for (const face of rest) {
      const edges = new Set(at(faces, face).edges);
      const shared = new Map<number, number>();
      for (const other of at(around, face)) {
        const who = owner.get(other);
        if (who === undefined) continue;
        const common = at(faces, other).edges.filter((edge) => edges.has(edge)).length;
        shared.set(who, (shared.get(who) ?? 0) + common);
      }
      const best = [...shared].sort((one, two) => two[1] - one[1] || one[0] - two[0])[0];
      if (best === undefined) left.push(face);
      else {
        owner.set(face, best[0]);
        changed = true;
      }
    }
    rest = left;
  }
  // Land that nothing joins to the rest: an island goes to whoever is nearest.
  for (const face of rest) {
    let nearest = Number.POSITIVE_INFINITY;
    let who = 0;
    for (const [other, seat] of owner) {
      const away = distance(at(faces, other).inside, at(faces, face).inside);
      if (away < nearest) {
        nearest = away;
        who = seat;
      }
    }
    owner.set(face, who);
  }
}

/** The precinct of each face; the eastern one reaches so far that it has the area which the article gives it. */
function assignPrecincts(faces: readonly PlanFace[]): string[] {
  let low = 0.6;
  let high = 2;
  for (let round = 0; round < 24; round += 1) {
    const reach = (low + high) / 2;
    let area = 0;
    for (const face of faces) if (nearestPrecinct(face.inside, reach) === EASTERN.id) area += face.area;
    if (area > EASTERN.area) high = reach;
    else low = reach;
  }
  return faces.map(({ inside }) => nearestPrecinct(inside, low));
}

function nearestPrecinct(point: Point, easternReach: number): string {
  let nearest = Number.POSITIVE_INFINITY;
  let found = '';
  for (const { id, seats, reach } of PRECINCT_SEATS)
    for (const seat of seats) {
      const away = distance(point, seat) / (id === EASTERN.id ? easternReach : reach);
      if (away < nearest) {
        nearest = away;
        found = id;
      }
    }
  return found;
}

const bandOf = ({ x, y }: Point): number => Math.round(-y / 1200) * 100_000 + x;

/** Whole numbers in proportion to weights, at least 2 where there is room, that add up to the total. */
export function shareOut(weights: readonly number[], most: readonly number[], total: number): number[] {
  const counts = weights.map((_, index) => Math.min(2, at(most, index)));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  for (let left = total - counts.reduce((sum, count) => sum + count, 0); left > 0; left -= 1) {
    let neediest = -1;
    let need = Number.NEGATIVE_INFINITY;
    for (const [index, weight] of weights.entries()) {
      if (at(counts, index) >= at(most, index)) continue;
      const lack = (weight / all) * total - at(counts, index);
      if (lack > need) {
        need = lack;
        neediest = index;
      }
    }
    if (neediest < 0) break;
    counts[neediest] = at(counts, neediest) + 1;
  }
  return counts;
}
