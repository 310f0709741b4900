import type { City } from '@maplewall/shared/domain/city.ts';
import { cityAreas, featuresOf, type CityAreas } from '../../world/city-areas.ts';

/** What panels need of the city's files: whose precinct is which. */
export interface Districts {
  readonly areas: CityAreas;
}

const AGAIN_AFTER_MS = 30_000;

/** Reads the files, again and again until it can. Returns what stops it. */
export function readDistricts(city: City, take: (districts: Districts) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const read = async (): Promise<void> => {
    try {
      const [communities, grids] = await Promise.all(
        ['communities', 'grids'].map(async (file) => {
          const answer = await fetch(`/api/city/${file}`);
          if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
          return featuresOf(await answer.json());
        }),
      );
      if (stopped) return;
      take({ areas: cityAreas(city, communities ?? [], grids ?? []) });
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
