import type { PostId, ResponderId, StationId, TeamId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { seededRandom } from '../seeded-random.ts';
import type { LifePack } from './pack.ts';
import type { Point } from './street-net.ts';

/** One who can be on duty. */
export interface Person {
  readonly id: ResponderId;
  readonly kind: ResponderKind;
  readonly callSign: string;
  readonly teamId: TeamId | undefined;
  readonly postId: PostId | undefined;
  readonly stationId: StationId | undefined;
  /** Node of the street net near which he or she moves. */
  readonly home: number;
  readonly homePoint: Point;
  /** On patrol; on the way to an incident people hurry (response.ts). */
  readonly patrolMetresPerSecond: number;
  /** Which of a post's or station's shifts; for others without meaning. */
  readonly shift: number;
  /** Seconds by which this person's fixes are shifted within their rhythm. */
  readonly phase: number;
}

const SENTRIES_PER_POST = 3;
const OFFICERS_PER_STATION = 5;
const GRIDS_PER_WORKER = 4;

/** Everybody, always in the same order. */
export function makePeople(pack: LifePack, seed: number): readonly Person[] {
  const random = seededRandom(seed, 'people');
  const { city, map, streets, grids } = pack;
  const people: Person[] = [];
  const add = (
    person: Omit<Person, 'id' | 'home' | 'homePoint' | 'phase' | 'teamId' | 'postId' | 'stationId'> &
      Partial<Pick<Person, 'teamId' | 'postId' | 'stationId'>>,
    near: Point,
    spread: number,
  ): void => {
    const home = streets.nearest({
      x: near.x + random.normal(0, spread),
      y: near.y + random.normal(0, spread),
    });
    people.push({
      teamId: undefined,
      postId: undefined,
      stationId: undefined,
      ...person,
      id: `r${String(people.length + 1).padStart(4, '0')}` as ResponderId,
      home,
      homePoint: streets.node(home),
      phase: random.below(60),
    });
  };

  for (const team of city.teams) {
    const own = grids.filter(({ communityId }) => communityId === team.communityId);
    const centre = (own.length > 0 ? random.pick(own) : random.pick(grids)).middle;
    const short = team.name.zh.replace(/志愿服务队|服务队|志愿队|队$/u, '').slice(0, 6);
    for (let member = 1; member <= team.members; member += 1)
      add(
        {
          kind: 'volunteer',
          callSign: `${short}-${String(member).padStart(2, '0')}`,
          teamId: team.id,
          patrolMetresPerSecond: random.chance(0.15) ? random.between(3, 4.5) : random.between(1.2, 1.5),
          shift: 0,
        },
        centre,
        500,
      );
  }
  for (const post of city.posts) {
    for (let shift = 0; shift < SENTRIES_PER_POST; shift += 1)
      add(
        {
          kind: 'sentry',
          callSign: `${post.name.zh.slice(0, 8)}-${shift + 1}`,
          postId: post.id,
          patrolMetresPerSecond: random.between(1.2, 1.4),
          shift,
        },
        map.toPoint(post.lng, post.lat),
        2,
      );
  }
  for (const station of city.stations) {
    for (let officer = 0; officer < OFFICERS_PER_STATION; officer += 1) {
      const inCar = officer % 2 === 0;
      add(
        {
          kind: 'officer',
          callSign: `${station.name.zh.replace(/联勤警务站|派出所|警务室/u, '').slice(0, 4)}-${100 + officer}`,
          stationId: station.id,
          patrolMetresPerSecond: inCar ? random.between(6, 8) : random.between(1.2, 1.5),
          shift: officer % 3,
        },
        map.toPoint(station.lng, station.lat),
        300,
      );
    }
  }
  for (let index = 0; index < grids.length; index += GRIDS_PER_WORKER) {
    const grid = grids[index];
    if (grid === undefined) continue;
    add(
      {
        kind: 'gridWorker',
        callSign: `网格-${String(index / GRIDS_PER_WORKER + 1).padStart(3, '0')}`,
        patrolMetresPerSecond: random.between(1.1, 1.4),
        shift: 0,
      },
      grid.middle,
      100,
    );
  }
  return people;
}
