import type { City } from '@maplewall/shared/domain/city.ts';
import type { ClientWorld } from '../world/client-world.ts';
import { endedAt } from '../world/incident-times.ts';
import { placeAt } from '../world/mercator.ts';
import type { PointCollection } from './style-context.ts';

/** More than this would leave no room for names. */
const MOST_INCIDENTS = 60;
/** Width of what names keep clear of, in pixels of a 1080-line screen. */
const STATION_PIXELS = 12;
const INCIDENT_PIXELS = 30;

/** Where names have to leave room for a mark: stations, and the incidents that run. */
function obstacles(
  { stations }: Pick<City, 'stations'>,
  { world, incidentMarks, mercator }: ClientWorld,
): PointCollection {
  const running = [...world.incidents.values()]
    .filter(
      (incident) => endedAt(incident) === undefined && incident.state !== 'diverted' && incident.priority < 4,
    )
    .toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_INCIDENTS);
  return {
    type: 'FeatureCollection',
    features: [
      ...stations.map(({ lng, lat }) => point(lng, lat, STATION_PIXELS)),
      ...running.map((incident) => {
        const { x, y } = incidentMarks.place(incident);
        const { lng, lat } = placeAt(mercator, x, y);
        return point(lng, lat, INCIDENT_PIXELS);
      }),
    ],
  };
}

const point = (lng: number, lat: number, pixels: number): PointCollection['features'][number] => ({
  type: 'Feature',
  properties: { pixels },
  geometry: { type: 'Point', coordinates: [lng, lat] },
});

/** Remembers what names leave room for, so that they are placed anew only when that changed. */
export class Obstacles {
  readonly #city: Pick<City, 'stations'>;
  readonly #clientWorld: ClientWorld;
  #points: PointCollection;
  #key = '';

  constructor(city: Pick<City, 'stations'>, clientWorld: ClientWorld) {
    this.#city = city;
    this.#clientWorld = clientWorld;
    this.#points = obstacles(city, clientWorld);
  }

  get points(): PointCollection {
    return this.#points;
  }

  /** After incidents changed; answers whether anything is another one. */
  refresh(): boolean {
    const points = obstacles(this.#city, this.#clientWorld);
    const key = points.features.map(({ geometry }) => geometry.coordinates.join(' ')).join(',');
    if (key === this.#key) return false;
    this.#key = key;
    this.#points = points;
    return true;
  }
}
