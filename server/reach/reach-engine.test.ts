import { expect, it } from 'vitest';
import { epochMs, toE5 } from '@maplewall/shared/domain/units.ts';
import { latOf, lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import type { CityPack } from '../city/read-pack.ts';
import { moversOf, type Movers } from './movers.ts';
import { ReachEngine } from './reach-engine.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };

function packWithBlocks(count: number): Pick<CityPack, 'city' | 'files'> {
  const blocks = Array.from({ length: count }, (_, index) => {
    const [lng, lat] = [CENTRE.lng + index * 1e-6, CENTRE.lat];
    return {
      type: 'Feature',
      properties: { id: String(index) },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [lng, lat],
            [lng + 1e-5, lat],
            [lng, lat + 1e-5],
            [lng, lat],
          ],
        ],
      },
    };
  });
  return {
    city: { id: 'c', name: { zh: 'c', en: 'c' }, centre: CENTRE, precincts: [], posts: [] },
    files: new Map([['blocks', { type: 'FeatureCollection', features: blocks }]]),
  } as unknown as Pick<CityPack, 'city' | 'files'>;
}

function engineWithBlocks(count: number): ReachEngine {
  const plane = localPlane(CENTRE);
  const street = {
    class: 'street',
    line: [-900, 60, 900].map((metres) => [lngOf(plane, metres), CENTRE.lat]),
  } as const;
  return new ReachEngine(packWithBlocks(count), buildStreetGraph([street], CENTRE));
}

it('places that nobody reaches are told to the number that helps, and how many there are in all', () => {
  const engine = engineWithBlocks(2_100);
  const at = epochMs(0);
  const nobody = moversOf(emptyWorld(), at, [], ageLimitsOf({}));
  const coverage = engine.live({ at, movers: nobody, acceptSeconds: 5 });
  const { features, total } = engine.gaps(coverage, { area: 0, seconds: 30, weight: 'blocks' });
  expect([features.length, total]).toEqual([2_000, 2_100]);
});

it('of a street that is reached by less than what a position can tell nothing is drawn', () => {
  // A junction lies at 60 m; a centimetre beyond it is no line.
  const [streets] = engineWithBlocks(0).reach({ ...CENTRE, seconds: 20.003, mode: 'run' });
  const lines = streets?.geometry?.coordinates as readonly (readonly (readonly number[])[])[];
  expect(lines.length).toBe(1);
  for (const [from, to] of lines) expect(from).not.toEqual(to);
});

it('the way of whoever comes begins at their fix and ends at the place; whoever stands there has none', () => {
  const engine = engineWithBlocks(0);
  const plane = localPlane(CENTRE);
  const at = (x: number, y: number): readonly [number, number] => [
    Number(lngOf(plane, x).toFixed(5)),
    Number(latOf(plane, y).toFixed(5)),
  ];
  const [onStreet, offStreet] = [at(0, 0), at(100, 80)];
  const movers: Movers = {
    count: 2,
    keys: Uint32Array.of(1, 2),
    lngE5: Int32Array.of(toE5(onStreet[0]), toE5(offStreet[0])),
    latE5: Int32Array.of(toE5(onStreet[1]), toE5(offStreet[1])),
    modes: Uint8Array.of(0, 0),
    ageSeconds: Float32Array.of(0, 0),
    posts: Int32Array.of(-1, -1),
    onDuty: 2,
  };
  const coverage = engine.live({ at: epochMs(0), movers, acceptSeconds: 5 });
  const waysTo = ([lng, lat]: readonly [number, number]) =>
    engine
      .arrivals(coverage, lng, lat, 5)
      .map(({ geometry, properties: { key, seconds, offStreet: isOff } }) => ({
        key,
        seconds: Math.round(Number(seconds)),
        isOff,
        coordinates: (geometry?.coordinates ?? []) as readonly (readonly number[])[],
      }));
  const [there, comes] = waysTo(onStreet);
  expect(there).toEqual({ key: 1, seconds: 5, isOff: false, coordinates: [] });
  // 80 m straight to the street and 100 m along it, at 2 m/s.
  expect(comes).toMatchObject({ key: 2, seconds: 95, isOff: true });
  expect(comes?.coordinates.length).toBeGreaterThanOrEqual(3);
  expect(comes?.coordinates[0]).toEqual(offStreet);
  expect(comes?.coordinates[1]).toEqual([expect.closeTo(offStreet[0], 5), expect.closeTo(CENTRE.lat, 5)]);
  expect(comes?.coordinates.at(-1)).toEqual(onStreet);
  // And to a place beside the street the line is led to the place.
  const [first] = waysTo(at(40, 20));
  expect(first?.coordinates[0]).toEqual(onStreet);
  expect(first?.coordinates.at(-1)).toEqual(at(40, 20));
});

it('nothing that is reached lies outside the circle as the crow flies, by car on a motorway neither', () => {
  const plane = localPlane(CENTRE);
  const motorway = {
    class: 'motorway',
    line: [-900, 900].map((metres) => [lngOf(plane, metres), CENTRE.lat]),
  } as const;
  const engine = new ReachEngine(packWithBlocks(0), buildStreetGraph([motorway], CENTRE));
  const [streets, , circle] = engine.reach({ ...CENTRE, seconds: 10, mode: 'car' });
  expect(streets?.properties['metres']).toBe(2 * 160);
  expect(circle?.properties['squareMetres']).toBe(Math.round(Math.PI * 160 ** 2));
});
