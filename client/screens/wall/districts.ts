import type { City } from '@maplewall/shared/domain/city.ts';
import { blockCentres, cityAreas, featuresOf, type CityAreas } from '../../world/city-areas.ts';
import { CoverageWatch } from '../../world/coverage-watch.ts';
import { Coverage } from '../../world/coverage.ts';

/** What panels need of the city's files: whose precinct is which, and which blocks are reached. */
export interface Districts {
  readonly areas: CityAreas;
  readonly coverage: CoverageWatch;
}

const AGAIN_AFTER_MS = 30_000;

/** Reads the files, again and again until it can. Returns what stops it. */
export function readDistricts(city: City, take: (districts: Districts) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const read = async (): Promise<void> => {
    try {
      const [blocks, communities, grids] = await Promise.all(
        ['blocks', 'communities', 'grids'].map(async (file) => {
          const answer = await fetch(`/api/city/${file}`);
          if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
          return featuresOf(await answer.json());
        }),
      );
      if (stopped) return;
      take({
        areas: cityAreas(city, communities ?? [], grids ?? []),
        coverage: new CoverageWatch(new Coverage(blockCentres(blocks ?? []), city)),
      });
    } catch {
      // The panels say that they are loading; a gateway that starts anew is back within the time.
      if (!stopped) timer = setTimeout(() => void read(), AGAIN_AFTER_MS);
    }
  };
  void read();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
