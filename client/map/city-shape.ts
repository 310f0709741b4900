import { ringArea, ringCentre } from './ring-centre.ts';

type Position = number[];
interface Feature<Geometry> {
  type: 'Feature';
  properties: Record<string, unknown>;
  geometry: Geometry;
}
interface Collection<Geometry> {
  type: 'FeatureCollection';
  features: Feature<Geometry>[];
}
interface Polygon {
  type: 'Polygon';
  coordinates: Position[][];
}
interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: Position[][][];
}
interface Point {
  type: 'Point';
  coordinates: Position;
}
/** The GeoJSON of a file of areas, as the server checked it. */
export type Areas = Collection<Polygon | MultiPolygon>;

/** What the style needs of the boundary and the communities, made once when the city is read. */
export interface CityShape {
  readonly land: Collection<Polygon | MultiPolygon>;
  /** Everything round the city, with the city as a hole. */
  readonly outside: Feature<Polygon>;
  /** One point per community, at its middle; `order` puts larger ones first. */
  readonly communityNames: Collection<Point>;
  /** west, south, east, north of the boundary; undefined where the pack has none. */
  readonly bounds: readonly [number, number, number, number] | undefined;
}

/** So far round the city the ground is dimmed: a third of the hemisphere would cost nothing, but be clipped oddly. */
const AROUND_DEGREES = 5;

const polygonsOf = (areas: Areas): Position[][][] =>
  areas.features.flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  );

export function cityShape(boundary: Areas, communities: Areas): CityShape {
  const outer = polygonsOf(boundary).flatMap(([ring]) => (ring === undefined ? [] : [ring]));
  const bounds = boundsOf(outer);
  return {
    land: boundary,
    outside: {
      type: 'Feature',
      properties: {},
      geometry: { type: 'Polygon', coordinates: around(bounds, outer) },
    },
    communityNames: { type: 'FeatureCollection', features: communities.features.flatMap(nameOf) },
    bounds,
  };
}

function boundsOf(rings: readonly Position[][]): CityShape['bounds'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng = 0, lat = 0] of rings.flat()) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west < east && south < north ? [west, south, east, north] : undefined;
}

function around(bounds: CityShape['bounds'], holes: readonly Position[][]): Position[][] {
  if (bounds === undefined) return [];
  const [west, south, east, north] = bounds;
  const frame: Position[] = [
    [west - AROUND_DEGREES, Math.max(-85, south - AROUND_DEGREES)],
    [east + AROUND_DEGREES, Math.max(-85, south - AROUND_DEGREES)],
    [east + AROUND_DEGREES, Math.min(85, north + AROUND_DEGREES)],
    [west - AROUND_DEGREES, Math.min(85, north + AROUND_DEGREES)],
    [west - AROUND_DEGREES, Math.max(-85, south - AROUND_DEGREES)],
  ];
  return [frame, ...holes];
}

function nameOf({ geometry, properties }: Areas['features'][number]): Feature<Point>[] {
  const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(
    ([ring]) => (ring === undefined ? [] : [ring]),
  );
  const largest = rings.toSorted((a, b) => ringArea(b) - ringArea(a))[0];
  if (largest === undefined) return [];
  return [
    {
      type: 'Feature',
      properties: { ...properties, order: -ringArea(largest) },
      geometry: { type: 'Point', coordinates: [...ringCentre(largest)] },
    },
  ];
}
