import { expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { lngOf, localPlane } from '@maplewall/shared/geo/local-plane.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import type { CityPack } from '../city/read-pack.ts';
import { moversOf } from './movers.ts';
import { ReachEngine } from './reach-engine.ts';

const CENTRE = { lng: 120.56, lat: 27.54 };

function engineWithBlocks(count: number): ReachEngine {
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
  const pack = {
    city: { id: 'c', name: { zh: 'c', en: 'c' }, centre: CENTRE, precincts: [], posts: [] },
    files: new Map([['blocks', { type: 'FeatureCollection', features: blocks }]]),
  } as unknown as Pick<CityPack, 'city' | 'files'>;
  const plane = localPlane(CENTRE);
  const street = {
    class: 'street',
    line: [-900, 60, 900].map((metres) => [lngOf(plane, metres), CENTRE.lat]),
  } as const;
  return new ReachEngine(pack, buildStreetGraph([street], CENTRE));
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
  const lines = streets?.geometry.coordinates as readonly (readonly (readonly number[])[])[];
  expect(lines.length).toBe(1);
  for (const [from, to] of lines) expect(from).not.toEqual(to);
});
