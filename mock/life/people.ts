import type { PostId, ResponderId, StationId, TeamId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { staggered } from '../shifts.ts';
import type { Point } from './flat-map.ts';
import type { LifePack } from './pack.ts';
import type { Travel } from './street-net.ts';

/** What somebody moves on. */
export type Vehicle = 'none' | 'eBike' | 'car';

/** One who can be on duty. */
export interface Person {
  readonly id: ResponderId;
  readonly kind: ResponderKind;
  readonly callSign: string;
  readonly teamId: TeamId | undefined;
  readonly postId: PostId | undefined;
  readonly stationId: StationId | undefined;
  readonly vehicle: Vehicle;
  /** Where duty begins and ends: a sentry's gate, a station, the middle of a team's community. */
  readonly base: Point;
  /** Node of the streets nearest to the base. */
  readonly baseNode: number;
  /** Patrols keep within so many metres of the base. */
  readonly roamMetres: number;
  /** Metres a second on patrol; of a car a factor on the street's own speed. */
  readonly pace: number;
  /** How likely a volunteer is to answer an offer: some nearly always do, many hardly ever. */
  readonly answers: number;
  /** Which crew of a post or station. */
  readonly crew: number;
  /** Hours by which the shifts of a post or station begin later than others': not the whole city changes at once. */
  readonly shiftLater: number;
}

export const travelOf = (person: Person): Travel => (person.vehicle === 'car' ? 'car' : 'foot');

/** Early, late, night and off take turns, so a post that is always held needs four. */
const SENTRIES_PER_POST = 4;
const OFFICERS_PER_STATION = 5;
const OFFICER_VEHICLES: readonly Vehicle[] = ['car', 'none', 'eBike', 'car', 'eBike'];
const ROAM_BY_OFFICER_VEHICLE = { none: 700, eBike: 1_400, car: 3_000 } as const;
const GRIDS_PER_WORKER = 4;

/** Everybody, always in the same order. */
export function makePeople(pack: LifePack, seed: number): readonly Person[] {
  const random = seededRandom(seed, 'people');
  return [
    ...volunteers(pack, random),
    ...sentries(pack, random),
    ...officers(pack, random),
    ...gridWorkers(pack, random),
  ];
}

type Optional = 'teamId' | 'postId' | 'stationId' | 'answers' | 'crew' | 'shiftLater';
type Traits = Omit<Person, 'baseNode' | Optional> & Partial<Pick<Person, Optional>>;

function person(pack: LifePack, traits: Traits): Person {
  return {
    teamId: undefined,
    postId: undefined,
    stationId: undefined,
    answers: 1,
    crew: 0,
    shiftLater: 0,
    ...traits,
    baseNode: pack.streets.nearest(traits.base, traits.vehicle === 'car' ? 'car' : 'foot'),
  };
}

function volunteers(pack: LifePack, random: Random): Person[] {
  const { city, grids, streets, places } = pack;
  const crowded = places.filter(({ kind }) => kind === 'market' || kind === 'park' || kind === 'transport');
  const taken = new Set<string>();
  return city.teams.flatMap((team, teamIndex) => {
    const own = grids.filter(({ communityId }) => communityId === team.communityId);
    const short = shortName(team.name.zh, taken);
    return Array.from({ length: team.members }, (_, member) => {
      // A community's team walks its own grids; a team of the whole city meets where people are.
      const centre =
        own.length > 0
          ? random.pick(own).middle
          : crowded.length > 0
            ? random.pick(crowded).point
            : grids.length > 0
              ? random.pick(grids).middle
              : streets.node(random.below(streets.count));
      const isRiding = random.chance(0.15);
      const node = streets.nearest(
        { x: centre.x + random.normal(0, 160), y: centre.y + random.normal(0, 160) },
        'foot',
      );
      return person(pack, {
        id: `v${pad(teamIndex + 1, 3)}-${pad(member + 1, 2)}` as ResponderId,
        kind: 'volunteer',
        callSign: `${short}-${pad(member + 1, 2)}`,
        teamId: team.id,
        vehicle: isRiding ? 'eBike' : 'none',
        base: streets.node(node),
        roamMetres: isRiding ? random.between(700, 1_300) : random.between(300, 650),
        pace: isRiding ? random.between(3.4, 4.6) : random.between(1.2, 1.5),
        // Squared, so that few answer often and many seldom; the mean is 0.37.
        answers: 0.06 + 0.93 * random.next() ** 2,
      });
    });
  });
}

function sentries(pack: LifePack, random: Random): Person[] {
  return pack.city.posts.flatMap((post, postIndex) =>
    Array.from({ length: SENTRIES_PER_POST }, (_, crew) =>
      person(pack, {
        id: `s${pad(postIndex + 1, 3)}-${crew + 1}` as ResponderId,
        kind: 'sentry',
        callSign: `岗哨-${post.name.zh.replace(/岗$/u, '').slice(0, 12)}-${crew + 1}`,
        postId: post.id,
        vehicle: 'none',
        base: pack.map.toPoint(post.lng, post.lat),
        roamMetres: 55,
        pace: random.between(1.2, 1.4),
        crew: crew + postIndex,
        shiftLater: staggered(postIndex),
      }),
    ),
  );
}

function officers(pack: LifePack, random: Random): Person[] {
  return pack.city.stations.flatMap((station, stationIndex) =>
    Array.from({ length: OFFICERS_PER_STATION }, (_, officer) => {
      const number = 101 + stationIndex * OFFICERS_PER_STATION + officer;
      const vehicle = OFFICER_VEHICLES[officer] ?? 'none';
      return person(pack, {
        id: `o${number}` as ResponderId,
        kind: 'officer',
        callSign: `${station.name.zh.replace(/联勤警务站|派出所|警务室/u, '').slice(0, 6)}-${number}`,
        stationId: station.id,
        vehicle,
        base: pack.map.toPoint(station.lng, station.lat),
        roamMetres: ROAM_BY_OFFICER_VEHICLE[vehicle],
        pace:
          vehicle === 'car'
            ? random.between(0.85, 1.05)
            : vehicle === 'eBike'
              ? random.between(3.8, 5)
              : random.between(1.2, 1.5),
        crew: officer,
        shiftLater: staggered(stationIndex),
      });
    }),
  );
}

function gridWorkers(pack: LifePack, random: Random): Person[] {
  const { grids } = pack;
  return Array.from({ length: Math.floor(grids.length / GRIDS_PER_WORKER) }, (_, index) => {
    const base = grids[index * GRIDS_PER_WORKER + 1]?.middle ?? { x: 0, y: 0 };
    return person(pack, {
      id: `g${pad(index + 1, 3)}` as ResponderId,
      kind: 'gridWorker',
      callSign: `网格-${pad(index + 1, 3)}`,
      vehicle: 'none',
      base: pack.streets.node(pack.streets.nearest(base, 'foot')),
      roamMetres: random.between(400, 700),
      pace: random.between(1.15, 1.4),
    });
  });
}

/** 金钗河社区红袖标巡逻队 → 金钗河, 龙志协应急服务队 → 龙志协; the full name where two teams would share one. */
function shortName(name: string, taken: Set<string>): string {
  const short = name
    .replace(/社区.*$/u, '')
    .replace(
      /(?:平安|应急|志愿|义务|爱心|先锋|联防|救援)*(?:服务队|巡防队|巡逻队|志愿队|联防队|救援队|车队|队|协会)$/u,
      '',
    )
    .slice(0, 8);
  const chosen = short.length < 2 || taken.has(short) ? name.slice(0, 16) : short;
  taken.add(chosen);
  return chosen;
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0');
