import { expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
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
  const street = {
    class: 'street',
    line: [
      [120.55, 27.54],
      [120.57, 27.54],
    ],
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
