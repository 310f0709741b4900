/** What of an answer is no GeoJSON as RFC 7946 wants it, each fault with its place; none where all is well. */
export function geoJsonFaults(
  value: unknown,
  [west, south, east, north]: readonly [number, number, number, number],
): readonly string[] {
  const faults: string[] = [];
  const say = (place: string, what: string): void => void faults.push(`${place}: ${what}`);
  const position = (place: string, at: unknown): void => {
    const [lng, lat] = list(at);
    if (list(at).length !== 2 || typeof lng !== 'number' || typeof lat !== 'number')
      say(place, `${JSON.stringify(at)} is no position`);
    else if (!(lng >= west && lng <= east && lat >= south && lat <= north))
      say(place, `${lng}, ${lat} is not in the city: is it longitude, latitude?`);
  };
  const line = (place: string, points: unknown, least: number): void => {
    if (list(points).length < least) say(place, `less than ${least} positions`);
    for (const [index, at] of list(points).entries()) position(`${place}[${index}]`, at);
  };
  const polygon = (place: string, rings: unknown): void => {
    if (list(rings).length === 0) say(place, 'no ring');
    for (const [index, ring] of list(rings).entries()) {
      const here = `${place}[${index}]`;
      line(here, ring, 4);
      const points = list(ring) as readonly (readonly number[])[];
      if (String(points[0]) !== String(points.at(-1))) say(here, 'is not closed');
      if (signedArea(points) > 0 !== (index === 0)) say(here, 'does not follow the right-hand rule');
    }
  };
  const geometry = (place: string, { type, coordinates }: Fields): void => {
    if (type === 'Point') position(place, coordinates);
    else if (type === 'LineString') line(place, coordinates, 2);
    else if (type === 'Polygon') polygon(place, coordinates);
    else if (type === 'MultiLineString')
      for (const [index, one] of list(coordinates).entries()) line(`${place}[${index}]`, one, 2);
    else if (type === 'MultiPolygon')
      for (const [index, one] of list(coordinates).entries()) polygon(`${place}[${index}]`, one);
    else say(place, `${String(type)} is no geometry`);
  };
  const answer = fieldsOf(value);
  if (answer['type'] !== 'FeatureCollection') say('', 'is no FeatureCollection');
  // `crs` is of the GeoJSON of 2008; the others would make another object of a collection.
  for (const name of ['crs', 'coordinates', 'geometries', 'geometry', 'properties'])
    if (name in answer) say('', `has a member ${name}`);
  if (!Array.isArray(answer['features'])) say('', 'has no list of features');
  for (const [index, one] of list(answer['features']).entries()) {
    const place = `features[${index}]`;
    const { type, properties, geometry: drawn } = fieldsOf(one);
    if (type !== 'Feature') say(place, 'is no Feature');
    if (typeof properties !== 'object' || properties === null) say(place, 'has no properties');
    // Null is a feature without a place.
    if (drawn !== null) geometry(place, fieldsOf(drawn));
  }
  return faults;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? { ...value } : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Positive where a ring runs counterclockwise. */
function signedArea(ring: readonly (readonly number[])[]): number {
  let twice = 0;
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
}
