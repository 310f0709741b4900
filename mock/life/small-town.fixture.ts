import type { City, GridRef } from '@maplewall/shared/domain/city.ts';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import type {
  CommunityId,
  GridId,
  PostId,
  PrecinctId,
  StationId,
  TeamId,
} from '@maplewall/shared/domain/ids.ts';

/**
 * A town of six by six blocks, small enough to live a month of it in a test:
 *
 *      │  │  │  │         streets every 150 m, the outer ring an arterial
 *    ──┼──┼──┼──┼──       one station, two posts, three teams
 */
const STEP = 0.0015;
const SIZE = 6;
const west = 120.5;
const south = 27.5;
const at = (column: number, row: number): [number, number] => [west + column * STEP, south + row * STEP];
const range = Array.from({ length: SIZE + 1 }, (_, index) => index);
const name = (text: string) => ({ zh: text, en: text });
const spot = (column: number, row: number) => {
  const [lng, lat] = at(column, row);
  return { lng, lat };
};

export const smallCity: City = {
  formatVersion: 1,
  id: 'small-town',
  name: name('小镇'),
  centre: spot(3, 3),
  bounds: [west - 0.05, south - 0.05, west + 0.06, south + 0.06],
  timeZone: 'Asia/Shanghai',
  coordinateSystem: 'WGS84',
  notice: null,
  precincts: [{ id: 'p1' as PrecinctId, name: name('所') }],
  stations: [
    { id: 'st1' as StationId, name: name('镇中警务室'), precinctId: 'p1' as PrecinctId, ...spot(3, 3) },
  ],
  posts: [1, 5].map((column) => ({
    id: `po${column}` as PostId,
    name: name(`厂${column}东门岗`),
    precinctId: 'p1' as PrecinctId,
    ...spot(column, 1),
  })),
  teams: [1, 2, 3].map((number) => ({
    id: `tm${number}` as TeamId,
    name: name(`第${number}社区义务巡防队`),
    members: 12,
    communityId: 'c1' as CommunityId,
  })),
  subCategories: [{ code: 'A1', name: name('其它'), category: 'help' }],
};

const feature = <P>(properties: P, type: string, coordinates: unknown) => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});

const roadClass = (line: number): RoadClass => (line === 0 || line === SIZE ? 'arterial' : 'street');

/** The pack's files by name, as they lie in a folder. */
export const smallTownFiles = {
  roads: [
    ...range.map((row) =>
      feature(
        { class: roadClass(row), name: `${row}横路` },
        'LineString',
        range.map((column) => at(column, row)),
      ),
    ),
    ...range.map((column) =>
      feature(
        { class: roadClass(column), name: `${column}纵路` },
        'LineString',
        range.map((row) => at(column, row)),
      ),
    ),
  ],
  grids: [0, 3].flatMap((column) =>
    [0, 3].map((row) =>
      feature<GridRef>(
        {
          id: `g${column}${row}` as GridId,
          communityId: 'c1' as CommunityId,
          precinctId: 'p1' as PrecinctId,
        },
        'Polygon',
        [
          [
            at(column, row),
            at(column + 3, row),
            at(column + 3, row + 3),
            at(column, row + 3),
            at(column, row),
          ],
        ],
      ),
    ),
  ),
  places: [feature({ kind: 'market', name: '菜市场' }, 'Point', at(2, 4))],
};
