import { WEIGHTS } from '@maplewall/shared/wire/coverage.ts';
import type { Areas } from './areas.ts';
import type { Coverage } from './coverage.ts';
import { feature, type Feature } from './geo-json.ts';
import { AREAS_PER_PLACE } from './places.ts';

/** More points than this help nobody. */
const MOST = 2_000;

export interface Gaps {
  readonly features: readonly Feature[];
  /** How many places there are that nobody reaches, also those beyond MOST. */
  readonly total: number;
}

/**
 * Places of an area that nobody reaches in time, those first whose grid has the most incidents of a year (of equal ones, those
 * that count most themselves).
 */
export function gapsOf(
  coverage: Coverage,
  areas: Areas,
  wanted: { readonly area: number; readonly horizon: number; readonly weight: number },
): Gaps {
  const { places, reachedBy } = coverage;
  const incidents = WEIGHTS.indexOf('incidents');
  const found: { readonly place: number; readonly load: number; readonly grid: number }[] = [];
  for (let place = 0; place < places.count; place++) {
    if (places.weight[place] !== wanted.weight || reachedBy[wanted.horizon]?.[place] !== 0) continue;
    const own = places.areas.subarray(place * AREAS_PER_PLACE, (place + 1) * AREAS_PER_PLACE);
    if (!own.includes(wanted.area)) continue;
    const grid = own.find((area) => areas.list[area]?.kind === 'grid') ?? -1;
    found.push({ place, grid, load: grid < 0 ? 0 : coverage.total(grid, incidents) });
  }
  const countsOf = (place: number): number => places.counts[place] ?? 0;
  const features = found
    .toSorted((a, b) => b.load - a.load || countsOf(b.place) - countsOf(a.place) || a.place - b.place)
    .slice(0, MOST)
    .map(({ place, load, grid }) =>
      feature(
        {
          type: 'Point',
          coordinates: [
            Number((places.lng[place] ?? 0).toFixed(6)),
            Number((places.lat[place] ?? 0).toFixed(6)),
          ],
        },
        {
          weight: WEIGHTS[wanted.weight] ?? 'blocks',
          counts: countsOf(place),
          gridId: areas.list[grid]?.id ?? null,
          incidentsOfYearInGrid: load,
        },
      ),
    );
  return { features, total: found.length };
}
