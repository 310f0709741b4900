import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePack } from '@maplewall/server/city/make-pack.ts';

/** About 50 m of longitude and of latitude here. */
const EAST = 0.000507;
const NORTH = 0.00045;
const CENTRE = { lng: 120.56, lat: 27.54 };
/** So many times 50 m east and north of the street's western end. */
export const oneStreetAt = (east: number, north: number): [number, number] => [
  Number((CENTRE.lng + east * EAST).toFixed(6)),
  Number((CENTRE.lat + north * NORTH).toFixed(6)),
];

const collection = (features: readonly object[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features });
const street = (...line: readonly [number, number][]): object => ({
  type: 'Feature',
  properties: { class: 'street', name: 'x' },
  geometry: { type: 'LineString', coordinates: line },
});
/** A building of ten metres beside a street, south-west corner given. */
const building = ([lng, lat]: [number, number]): object => ({
  type: 'Feature',
  properties: {},
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [lng, lat],
        [lng + EAST / 5, lat],
        [lng + EAST / 5, lat + NORTH / 5],
        [lng, lat + NORTH / 5],
        [lng, lat],
      ],
    ],
  },
});

/** Everything beside the street from one place of it to another, clockwise. */
const area = (id: string, from: number, to: number): object => ({
  type: 'Feature',
  properties: { id, name: id, communityId: 'C', precinctId: 'P' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        oneStreetAt(from, -3),
        oneStreetAt(from, 3),
        oneStreetAt(to, 3),
        oneStreetAt(to, -3),
        oneStreetAt(from, -3),
      ],
    ],
  },
});

/**
 * One street of a kilometre with buildings at every 50 m on its north side, and a post at its western end. Resolves to the pack's folder.
 * @param more of the post: its shifts
 * @param isDivided into a community with two grids, west and east, drawn the wrong way round
 */
export async function makeOneStreetCity(
  folder: string,
  more: object = {},
  isDivided = false,
): Promise<string> {
  // A sound street, and what is wrong with roads: one that is there twice, one that is a point, one far out, an island that crosses itself.
  await writeFile(
    join(folder, 'roads.json'),
    collection([
      street(oneStreetAt(0, 0), oneStreetAt(20, 0)),
      street(oneStreetAt(20, 0), oneStreetAt(0, 0)),
      street(oneStreetAt(5, 0), oneStreetAt(5, 0)),
      street([120.9, 27.9], [120.91, 27.9]),
      street(oneStreetAt(0, 40), oneStreetAt(10, 50), oneStreetAt(10, 40), oneStreetAt(0, 50)),
    ]),
  );
  await writeFile(
    join(folder, 'buildings.json'),
    collection(Array.from({ length: 20 }, (_, place) => building(oneStreetAt(place, 0.05)))),
  );
  const cityDir = join(folder, 'city');
  const divided = { communities: join(folder, 'communities.json'), grids: join(folder, 'grids.json') };
  if (isDivided) {
    await writeFile(divided.communities, collection([area('C', -1, 21)]));
    await writeFile(divided.grids, collection([area('WEST', -1, 10), area('EAST', 10, 21)]));
  }
  await makePack(
    {
      id: 'one-street',
      name: { zh: '一街', en: 'One street' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
      bounds: [120.5, 27.5, 120.6, 27.6],
      files: {
        roads: join(folder, 'roads.json'),
        buildings: join(folder, 'buildings.json'),
        ...(isDivided ? divided : {}),
      },
    },
    cityDir,
  );
  const file = join(cityDir, 'city.json');
  const city = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const [lng, lat] = oneStreetAt(0, 0);
  await writeFile(
    file,
    JSON.stringify({
      ...city,
      precincts: [{ id: 'P', name: { zh: '所', en: 'P' } }],
      posts: [{ id: 'GATE', name: { zh: '门岗', en: 'Gate' }, precinctId: 'P', lng, lat, ...more }],
    }),
  );
  return cityDir;
}

/** The event of an incident that came in at a place of the street. */
export const receivedAtStreet = (incidentId: string, [lng, lat]: readonly [number, number]) =>
  ({
    kind: 'incident.received',
    incidentId,
    category: 'help',
    priority: 2,
    lng,
    lat,
    place: 'x',
    precinctId: 'P',
  }) as const;
