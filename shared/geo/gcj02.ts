/**
 * GCJ-02, the shifted coordinates of maps published in China. The shift is a published sum of sines on the Krasovsky
 * ellipsoid; it moves points by 100 to 700 m. Outside the box below nothing is shifted.
 * Source: the formula as it stands in the open converters that agree with each other to a millimetre (eviltransform, coordtransform).
 */
const SEMI_MAJOR_AXIS_METRES = 6_378_245;
const ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943;

export interface LngLat {
  readonly lng: number;
  readonly lat: number;
}

const isShifted = ({ lng, lat }: LngLat): boolean =>
  lng >= 72.004 && lng <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;

const ripple = (x: number): number =>
  (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);

function shiftNorth(x: number, y: number): number {
  return (
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ripple(x) +
    (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) +
    (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  );
}

function shiftEast(x: number, y: number): number {
  return (
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ripple(x) +
    (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) +
    (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  );
}

/** WGS84 degrees to GCJ-02 degrees. */
export function wgs84ToGcj02(point: LngLat): LngLat {
  if (!isShifted(point)) return point;
  const x = point.lng - 105;
  const y = point.lat - 35;
  const radians = (point.lat * Math.PI) / 180;
  const curve = 1 - ECCENTRICITY_SQUARED * Math.sin(radians) ** 2;
  const root = Math.sqrt(curve);
  const metresNorth =
    ((SEMI_MAJOR_AXIS_METRES * (1 - ECCENTRICITY_SQUARED)) / (curve * root)) * (Math.PI / 180);
  const metresEast = (SEMI_MAJOR_AXIS_METRES / root) * Math.cos(radians) * (Math.PI / 180);
  return {
    lng: point.lng + shiftEast(x, y) / metresEast,
    lat: point.lat + shiftNorth(x, y) / metresNorth,
  };
}

/**
 * GCJ-02 degrees to WGS84 degrees, exact to 1e-9 degree: the shift changes slowly, so walking back by what is left over
 * closes in by a factor of about a thousand a round.
 */
export function gcj02ToWgs84(point: LngLat): LngLat {
  let guess = point;
  for (let round = 0; round < 6; round += 1) {
    const there = wgs84ToGcj02(guess);
    guess = { lng: guess.lng - (there.lng - point.lng), lat: guess.lat - (there.lat - point.lat) };
  }
  return guess;
}
