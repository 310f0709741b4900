import { describe, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import { epochMs, toE5 } from '@maplewall/shared/domain/units.ts';
import { latOf, lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { USUAL_SPEEDS } from '@maplewall/shared/rules/travel.ts';
import { Coverage } from './coverage.ts';
import { FIRST_POST, NO_POST } from './movers.ts';
import { joinPlaces, type RawPlace } from './places.ts';
import { shiftEnds } from './shift-ends.ts';
import { Streets } from './streets.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };
const plane = localPlane(CENTRE);
const at = (x: number) => ({ lng: lngOf(plane, x), lat: latOf(plane, 0) });
/** One street of a kilometre with a place every 50 m, from 0 on; those west of 500 m in area 1, the others in area 2. */
const streets = new Streets(
  buildStreetGraph([{ class: 'street', line: [0, 1_000].map((x) => [at(x).lng, at(x).lat]) }], CENTRE),
  USUAL_SPEEDS,
);
const raw = Array.from({ length: 20 }, (_, index): RawPlace => ({
  weight: index % 2 === 0 ? 'blocks' : 'incidents',
  ...at(index * 50),
  counts: index % 2 === 0 ? 1 : 3,
}));
const places = joinPlaces(raw, streets, (lng) => [0, lng < at(499).lng ? 1 : 2]);

interface Standing {
  readonly x: number;
  /** The post that somebody holds, or is. */
  readonly post?: number;
  readonly isPost?: boolean;
}
function coverageOf(standing: readonly Standing[]): Coverage {
  const coverage = new Coverage(streets, places, 3);
  coverage.update(
    {
      count: standing.length,
      onDuty: standing.length,
      keys: Uint32Array.from(standing, ({ post = 0, isPost }, index) => (isPost ? FIRST_POST + post : index)),
      lngE5: Int32Array.from(standing, ({ x }) => toE5(at(x).lng)),
      latE5: Int32Array.from(standing, ({ x }) => toE5(at(x).lat)),
      modes: Uint8Array.from(standing, () => 1),
      ageSeconds: new Float32Array(standing.length),
      posts: Int32Array.from(standing, ({ post = NO_POST }) => post),
    },
    5,
  );
  return coverage;
}
const cityOf = (...posts: readonly { readonly x: number; readonly shifts?: string[] }[]) =>
  ({
    timeZone: 'Asia/Shanghai',
    posts: posts.map(({ x, shifts }) => ({ ...at(x), shifts })),
  }) as unknown as Pick<City, 'posts' | 'timeZone'>;
const moment = (time: string) => epochMs(Date.parse(`2026-11-20T${time}:00+08:00`));
const ask = (city: Pick<City, 'posts' | 'timeZone'>, standing: readonly Standing[], time = '14:00') =>
  shiftEnds(coverageOf(standing), city, {
    at: moment(time),
    horizon: 0,
    seconds: 30,
    weight: 0,
    isNamed: (area) => area > 0,
  });
const DAY = ['08:00-20:00'];
const gate = { x: 0, post: 0, isPost: true };

describe('the end of a shift opens a hole', () => {
  it('where nobody else reaches what the post covers, in the hours ahead, by the clocks of the city', () => {
    // 25 s at 3 m/s are 75 m: a building at 0 m, the three incidents at 50 m.
    expect(ask(cityOf({ x: 0, shifts: DAY }), [gate])).toEqual([
      { post: 0, at: moment('20:00'), lost: [1, 0, 3], area: 1 },
    ]);
    expect(ask(cityOf({ x: 0, shifts: DAY }), [gate], '07:59')).toEqual([]);
    expect(ask(cityOf({ x: 0, shifts: ['00:00-24:00'] }), [gate])).toEqual([]);
    expect(ask(cityOf({ x: 0 }), [gate])).toEqual([]);
  });

  it('not where the next shift of the same post begins', () => {
    const shifts = ['07:30-15:30', '15:30-23:30', '23:30-07:30'];
    expect(ask(cityOf({ x: 0, shifts }), [gate])).toEqual([]);
    expect(ask(cityOf({ x: 0, shifts: shifts.slice(0, 2) }), [gate]).map((end) => end.at)).toEqual([
      moment('23:30'),
    ]);
  });

  it('also where its holder is seen, who leaves with it, and not where somebody else stands', () => {
    const city = cityOf({ x: 0, shifts: DAY });
    expect(ask(city, [gate, { x: 10, post: 0 }])).toMatchObject([{ lost: [1, 0, 3] }]);
    expect(ask(city, [gate, { x: 40 }])).toEqual([]);
  });

  it('where the post beside it goes as well, and not where that one is held then by its own shifts', () => {
    const beside = { x: 40, post: 1, isPost: true };
    const besideWith = (shifts: string[] | undefined) =>
      cityOf({ x: 0, shifts: DAY }, { x: 40, ...(shifts && { shifts }) });
    // Buildings at 0 m of the one, at 0 and 100 m of the other.
    expect(ask(besideWith(DAY), [gate, beside]).map(({ post }) => post)).toEqual([1, 0]);
    expect(ask(besideWith(['20:00-08:00']), [gate])).toEqual([]);
    expect(ask(besideWith(['21:00-08:00']), [gate]).length).toBe(1);
    expect(ask(besideWith(undefined), [gate, beside])).toEqual([]);
    expect(ask(besideWith(undefined), [gate]).length).toBe(1);
  });

  it('the worst first, and names the area in which most is lost', () => {
    const city = cityOf({ x: 0, shifts: DAY }, { x: 700, shifts: ['08:00-18:00'] });
    const found = ask(city, [gate, { x: 700, post: 1, isPost: true }]);
    // 625 to 775 m: buildings at 700 m, incidents at 650 and 750 m; equal in buildings, so the sooner one stands first.
    expect(found).toEqual([
      { post: 1, at: moment('18:00'), lost: [1, 0, 6], area: 2 },
      { post: 0, at: moment('20:00'), lost: [1, 0, 3], area: 1 },
    ]);
  });
});
