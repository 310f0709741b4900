import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { inRange, momentOf, parseMoment, shown } from '@maplewall/shared/domain/moment.ts';
import type { PhoneFix, PhoneMessage } from './phone.ts';

/** A message in one of the two shapes that Traccar Client sends (https://www.traccar.org/osmand). */
export interface OsmandReport {
  readonly device: string;
  readonly message: PhoneMessage;
}

const METRES_PER_SECOND_PER_KNOT = 1_852 / 3_600;
const IGNORED: PhoneMessage = { ignored: true };

/**
 * Traccar Client before 9 and OsmAnd: query or form fields. Speed is in knots; without `timestamp` the fix is of now;
 * a message without a place is a heartbeat. `valid=false` is what the phone itself does not believe.
 */
export function parseOsmandFields(
  fields: Readonly<Record<string, unknown>>,
  now: EpochMs,
): Result<OsmandReport> {
  for (const name of Object.keys(fields))
    if (typeof fields[name] !== 'string')
      return fail('request.invalid', name.slice(0, 64), { reason: 'must be given once' });
  const given = fields as Readonly<Record<string, string>>;
  const device = given['id'] ?? given['deviceid'];
  if (device === undefined || device === '') return fail('request.invalid', 'id', { reason: 'is missing' });
  const place = placeOf(given);
  if (!place.ok) return place;
  const fixAt = given['timestamp'] === undefined ? now : parseTimestamp(given['timestamp']);
  if (Number.isNaN(fixAt))
    return fail('ingest.time.unreadable', 'timestamp', { value: shown(given['timestamp']) });
  const { valid } = given;
  if (place.value === undefined || (valid !== undefined && valid !== '1' && valid.toLowerCase() !== 'true'))
    return ok({ device, message: IGNORED });
  const [lng, lat] = place.value;
  const speed = numberOf(given, 'speed');
  const course = numberOf(given, 'bearing' in given ? 'bearing' : 'heading');
  const accuracy = numberOf(given, 'accuracy');
  const battery = numberOf(given, 'batt');
  for (const found of [speed, course, accuracy, battery]) if (!found.ok) return found;
  const fix: PhoneFix = {
    lng,
    lat,
    fixAt,
    speedMetresPerSecond: speed.ok ? inKnots(speed.value) : undefined,
    courseDegrees: course.ok ? course.value : undefined,
    accuracyMetres: accuracy.ok ? accuracy.value : undefined,
    batteryPercent: battery.ok ? battery.value : undefined,
  };
  return ok({ device, message: { fix } });
}

const inKnots = (knots: number | undefined): number | undefined =>
  knots === undefined ? undefined : knots * METRES_PER_SECOND_PER_KNOT;

function placeOf(
  given: Readonly<Record<string, string>>,
): Result<readonly [lng: number, lat: number] | undefined> {
  const { location } = given;
  const parts = location === undefined ? undefined : location.split(',');
  if (parts !== undefined && parts.length !== 2)
    return fail('request.invalid', 'location', { reason: 'must be latitude,longitude' });
  const lat = parts?.[0] ?? given['lat'];
  const lng = parts?.[1] ?? given['lon'];
  if (lat === undefined && lng === undefined) return ok(undefined);
  for (const [name, text] of [
    ['lat', lat],
    ['lon', lng],
  ] as const)
    if (text === undefined || !(isNumber(text) || NO_NUMBER.test(text)))
      return fail('ingest.position.notANumber', name);
  // `NaN` is a fix that says nothing: it is counted, and not sent again and again.
  return ok([Number(lng), Number(lat)]);
}

function numberOf(given: Readonly<Record<string, string>>, name: string): Result<number | undefined> {
  const text = given[name];
  if (text === undefined || text === '' || NO_NUMBER.test(text)) return ok(undefined);
  return isNumber(text) ? ok(Number(text)) : fail('request.invalid', name, { reason: 'must be a number' });
}

/** As Java and Swift write a number that is none: the phone does not know. */
const NO_NUMBER = /^[+-]?(nan|inf|infinity)$/i;

const isNumber = (text: string): boolean => /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\s*$/.test(text);

/** Below this a number is seconds, from there on milliseconds. */
const FIRST_IN_MS = 2 ** 31;

/** Epoch seconds or milliseconds, ISO 8601 with a zone, or `yyyy-MM-dd HH:mm:ss` in UTC. NaN when unreadable. */
function parseTimestamp(text: string): number {
  if (/^\d{1,15}(\.\d{1,9})?$/.test(text)) {
    const value = Number(text);
    return inRange(Math.floor(value < FIRST_IN_MS ? value * 1_000 : value));
  }
  const plain = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text);
  if (plain === null) return parseMoment(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = plain.slice(1).map(Number);
  return inRange(momentOf(year, month, day, hour, minute, second));
}

/**
 * Traccar Client 9 and later: JSON. Speed is in metres per second; what is below zero is unknown; without `coords` the
 * message is a heartbeat.
 */
export function parseOsmandJson(body: unknown): Result<OsmandReport> {
  if (!isObject(body)) return fail('request.invalid', '', { reason: 'must be an object' });
  const device = body['device_id'];
  if (typeof device !== 'string' || device === '')
    return fail('request.invalid', 'device_id', { reason: 'must be a text' });
  const { location } = body;
  if (!isObject(location)) return fail('request.invalid', 'location', { reason: 'must be an object' });
  const { coords, timestamp, battery } = location;
  if (coords === undefined || coords === null) return ok({ device, message: IGNORED });
  if (!isObject(coords)) return fail('request.invalid', 'location.coords', { reason: 'must be an object' });
  const fixAt = parseMoment(timestamp);
  if (Number.isNaN(fixAt))
    return fail('ingest.time.unreadable', 'location.timestamp', { value: shown(timestamp) });
  const { latitude, longitude } = coords;
  if (typeof latitude !== 'number') return fail('ingest.position.notANumber', 'location.coords.latitude');
  if (typeof longitude !== 'number') return fail('ingest.position.notANumber', 'location.coords.longitude');
  for (const name of ['speed', 'heading', 'accuracy'])
    if (!isAbsentOrNumber(coords[name]))
      return fail('request.invalid', `location.coords.${name}`, { reason: 'must be a number' });
  if (battery !== undefined && battery !== null && !isObject(battery))
    return fail('request.invalid', 'location.battery', { reason: 'must be an object' });
  const level = isObject(battery) ? battery['level'] : undefined;
  if (!isAbsentOrNumber(level))
    return fail('request.invalid', 'location.battery.level', { reason: 'must be a number' });
  const fix: PhoneFix = {
    lng: longitude,
    lat: latitude,
    fixAt,
    speedMetresPerSecond: known(coords['speed']),
    courseDegrees: known(coords['heading']),
    accuracyMetres: known(coords['accuracy']),
    batteryPercent: typeof level === 'number' ? level * 100 : undefined,
  };
  return ok({ device, message: { fix } });
}

const isAbsentOrNumber = (value: unknown): value is number | null | undefined =>
  value === undefined || value === null || typeof value === 'number';

const known = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
