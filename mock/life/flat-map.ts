import { lat, lng, type Lat, type Lng } from '@maplewall/shared/domain/units.ts';

/** A point in metres east and north of the city's centre. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const METRES_PER_DEGREE = 111_195;

/** A flat map round the city's centre: good to 0.1 % within twenty kilometres. */
export class FlatMap {
  readonly #lng: number;
  readonly #lat: number;
  readonly #metresPerLng: number;

  constructor(centre: { readonly lng: number; readonly lat: number }) {
    this.#lng = centre.lng;
    this.#lat = centre.lat;
    this.#metresPerLng = METRES_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180);
  }

  toPoint(lng: number, lat: number): Point {
    return { x: (lng - this.#lng) * this.#metresPerLng, y: (lat - this.#lat) * METRES_PER_DEGREE };
  }

  /** Degrees to six places, which is a decimetre. */
  lngOf(x: number): Lng {
    return lng(Math.round((this.#lng + x / this.#metresPerLng) * 1e6) / 1e6);
  }

  latOf(y: number): Lat {
    return lat(Math.round((this.#lat + y / METRES_PER_DEGREE) * 1e6) / 1e6);
  }
}

/** Metres. */
export const distance = (a: Point, b: Point): number => lengthOf(a.x - b.x, a.y - b.y);

/** What Math.hypot answers, in a fraction of its time; nothing in a city overflows. */
export const lengthOf = (dx: number, dy: number): number => Math.sqrt(dx * dx + dy * dy);
