export interface Geometry {
  readonly type: string;
  readonly coordinates: unknown;
}

/** A feature of RFC 7946, as it is sent; without a geometry where there is nothing to draw. */
export interface Feature {
  readonly type: 'Feature';
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, string | number | boolean | null>>;
}

export const feature = (geometry: Feature['geometry'], properties: Feature['properties']): Feature => ({
  type: 'Feature',
  geometry,
  properties,
});

/** Seconds and per cent as they are told: more digits than one say nothing that is known. */
export const toTenths = (value: number): number => Math.round(value * 10) / 10;

/** A drawing of a pack as RFC 7946 wants rings: the outer one counterclockwise, holes clockwise, whichever way they were drawn. */
export function rightHanded({ type, coordinates }: Geometry): Geometry {
  const polygon = (rings: readonly Ring[]): readonly Ring[] =>
    rings.map((ring, index) => (isCounterclockwise(ring) === (index === 0) ? ring : ring.toReversed()));
  if (type === 'Polygon') return { type, coordinates: polygon(coordinates as readonly Ring[]) };
  if (type === 'MultiPolygon')
    return { type, coordinates: (coordinates as readonly (readonly Ring[])[]).map(polygon) };
  return { type, coordinates };
}

type Ring = readonly (readonly number[])[];

function isCounterclockwise(ring: Ring): boolean {
  // Measured from the first corner: far from nought, products of degrees would lose the last digits.
  const [[originX = 0, originY = 0] = []] = ring;
  let area = 0;
  for (let index = 1; index < ring.length; index++) {
    const [x1 = 0, y1 = 0] = ring[index - 1] ?? [];
    const [x2 = 0, y2 = 0] = ring[index] ?? [];
    area += (x1 - originX) * (y2 - originY) - (x2 - originX) * (y1 - originY);
  }
  return area > 0;
}
