import { seededRandom, type Random } from '../seeded-random.ts';
import { blockOf } from './block-shapes.ts';
import type { Community } from './communities.ts';
import { weightOf } from './communities.ts';
import {
  ENTERPRISES,
  GOVERNMENT,
  HIGH_SCHOOLS,
  HOSPITALS,
  MARKETS,
  PARKS,
  TRANSPORT,
  type Named,
} from './place-names.ts';
import { at, distance, type Point } from './plane.ts';
import type { ZoneKind } from './zone-plans.ts';
import { areaOf, type Ring } from './ring.ts';
import type { PlanFace, StreetPlan } from './plan-faces.ts';

export type PlaceKind =
  | 'school'
  | 'market'
  | 'park'
  | 'hospital'
  | 'government'
  | 'transport'
  | 'village'
  | 'enterprise';
export interface Place {
  readonly kind: PlaceKind;
  readonly name: string;
  readonly nameEn: string;
  readonly point: Point;
  /** Number of the plan's face on which it stands. */
  readonly face: number;
}
export interface Gate {
  readonly side: { readonly zh: string; readonly en: string };
  readonly point: Point;
}
export interface Enterprise extends Place {
  readonly precinctId: string;
  readonly gates: readonly Gate[];
}

/** Parts of the city that have no community of their name. */
const PRECINCT_OF_WORD: readonly (readonly [word: string, precinctId: string])[] = [
  ['云岩', 'yunyan'],
  ['新城', 'chengdong'],
  ['滨海', 'chengdong'],
  ['海堤', 'chengdong'],
  ['海城', 'chengdong'],
  ['龙江', 'longjiang'],
  ['龙金', 'longjiang'],
  ['平等', 'chengnan'],
  ['渔港', 'bacao'],
];

/** Blocks not yet taken by a place, so that no two stand on one. */
class OpenBlocks {
  readonly #taken = new Set<number>();
  readonly #faces: readonly PlanFace[];

  constructor(faces: readonly PlanFace[], closed: Iterable<number>) {
    for (const face of closed) this.#taken.add(face);
    this.#faces = faces;
  }

  take(
    among: readonly number[],
    test: (face: PlanFace) => boolean,
    weight: (face: PlanFace) => number,
    random: Random,
  ) {
    const open = among.filter((face) => {
      const candidate = at(this.#faces, face);
      return candidate.use === 'ground' && !this.#taken.has(face) && test(candidate);
    });
    if (open.length === 0) return undefined;
    const face = at(
      open,
      random.pickIndex(open.map((candidate) => Math.max(1, weight(at(this.#faces, candidate))))),
    );
    this.#taken.add(face);
    return face;
  }
}

/**
 * Puts about 250 places on blocks of the right kind, and enterprises with a gate on each side.
 * @param closed faces on which nothing may stand
 */
export function placesOf(
  plan: StreetPlan,
  communities: readonly Community[],
  closed: ReadonlySet<number>,
  seed: number,
): { readonly places: readonly Place[]; readonly enterprises: readonly Enterprise[] } {
  const { faces } = plan;
  const blocks = new OpenBlocks(faces, closed);
  const everywhere = [...faces.keys()];
  const precinctOf = new Map<number, string>();
  for (const { faces: own, precinctId } of communities)
    for (const face of own) precinctOf.set(face, precinctId);
  const places: Place[] = [];
  const enterprises: Enterprise[] = [];

  const random = seededRandom(seed, 'places/enterprises');
  const spread: Point[] = [];
  for (const { name, inTown } of ENTERPRISES) {
    const wanted: readonly ZoneKind[] = inTown
      ? ['town', 'oldTown', 'newTown']
      : ['industry', 'newTown', 'newLand'];
    const face = blocks.take(
      everywhere,
      ({ zone, area, inside }) =>
        wanted.includes(zone) &&
        area > (inTown ? 9_000 : 18_000) &&
        area < 160_000 &&
        spread.every((other) => distance(other, inside) > (inTown ? 450 : 380)),
      ({ zone }) => (zone === 'industry' || inTown ? 4 : 1),
      random,
    );
    if (face === undefined) continue;
    const found = at(faces, face);
    const block = blockOf(plan, face);
    if (block === undefined) continue;
    spread.push(found.inside);
    enterprises.push({
      kind: 'enterprise',
      name: name[0],
      nameEn: name[1],
      point: found.inside,
      face,
      precinctId: precinctOf.get(face) ?? '',
      gates: gatesOf(block),
    });
  }

  const put = (
    kind: PlaceKind,
    name: Named,
    among: readonly number[],
    zones: readonly ZoneKind[],
    least: number,
    stream: Random,
  ) => {
    const face = blocks.take(
      among,
      ({ zone, area }) => zones.includes(zone) && area > least && area < 200_000,
      (found) => weightOf(found) * (found.zone === 'fields' ? 0.01 : 1),
      stream,
    );
    if (face !== undefined)
      places.push({ kind, name: name[0], nameEn: name[1], point: at(faces, face).inside, face });
  };
  const urban: readonly ZoneKind[] = ['oldTown', 'town', 'newTown'];
  const settled: readonly ZoneKind[] = ['oldTown', 'town', 'newTown', 'village', 'industry', 'fields'];
  const home = (name: string): readonly number[] => {
    const community = communities.find((candidate) => name.startsWith(candidate.name.slice(0, 2)));
    if (community !== undefined) return community.faces;
    const precinctId = PRECINCT_OF_WORD.find(([word]) => name.includes(word))?.[1];
    if (precinctId === undefined) return everywhere;
    return communities.flatMap((candidate) => (candidate.precinctId === precinctId ? candidate.faces : []));
  };
  for (const [kind, names, least] of [
    ['government', GOVERNMENT, 6_000],
    ['hospital', HOSPITALS, 5_000],
    ['transport', TRANSPORT, 4_000],
    ['park', PARKS, 8_000],
    ['market', MARKETS, 4_000],
    ['school', HIGH_SCHOOLS, 9_000],
  ] as const) {
    const stream = seededRandom(seed, `places/${kind}`);
    for (const name of names) {
      const among = home(name[0]);
      put(
        kind,
        name,
        among,
        among === everywhere ? urban : settled,
        among === everywhere ? least : 1_500,
        stream,
      );
    }
  }

  const local = seededRandom(seed, 'places/communities');
  for (const { name, nameEn, faces: own } of communities) {
    const short = name.replace(/社区$/, '');
    const shortEn = nameEn.replace(/ Community$/, '');
    const rural =
      own.filter((face) => ['village', 'fields'].includes(at(faces, face).zone)).length > own.length / 2;
    if (rural) put('village', [short, shortEn], own, ['village', 'fields'], 2_000, local);
    if (local.chance(0.62))
      put('school', [`${short}小学`, `${shortEn} Primary School`], own, settled, 4_000, local);
    if (local.chance(0.3))
      put('school', [`${short}幼儿园`, `${shortEn} Kindergarten`], own, settled, 2_000, local);
    if (local.chance(0.3)) put('market', [`${short}菜市场`, `${shortEn} Market`], own, settled, 2_000, local);
    if (local.chance(0.14)) put('park', [`${short}公园`, `${shortEn} Park`], own, settled, 3_000, local);
  }
  for (const { kind, name, nameEn, point, face } of enterprises)
    places.push({ kind, name, nameEn, point, face });
  return { places, enterprises };
}

/** The middle of the longest piece of kerb on each of the block's four sides. */
function gatesOf(block: Ring): Gate[] {
  const counterClockwise = areaOf(block) > 0 ? 1 : -1;
  const sides = [
    { zh: '东门', en: 'East Gate', x: 1, y: 0 },
    { zh: '北门', en: 'North Gate', x: 0, y: 1 },
    { zh: '西门', en: 'West Gate', x: -1, y: 0 },
    { zh: '南门', en: 'South Gate', x: 0, y: -1 },
  ];
  return sides.map(({ zh, en, x, y }) => {
    let best = at(block, 0);
    let most = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < block.length; index += 1) {
      const a = at(block, index);
      const b = at(block, (index + 1) % block.length);
      const facing = counterClockwise * ((b.y - a.y) * x - (b.x - a.x) * y);
      if (facing <= most) continue;
      most = facing;
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    }
    return { side: { zh, en }, point: best };
  });
}
