import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { inRange, shown } from '@maplewall/shared/domain/moment.ts';
import type { PhoneFix, PhoneMessage } from './phone.ts';

const METRES_PER_SECOND_PER_KMH = 1 / 3.6;
const IGNORED: PhoneMessage = { ignored: true };

/**
 * An OwnTracks payload (https://owntracks.org/booklet/tech/json/). `location` is a fix: `tst` and `created_at` in epoch
 * seconds, `vel` in km/h, what is absent is unknown. Other types (transition, waypoint, card, lwt …) say nothing of where
 * somebody is. Encrypted ones are refused: nobody here has the key.
 */
export function parseOwntracks(body: unknown): Result<PhoneMessage> {
  if (!isObject(body)) return fail('request.invalid', '', { reason: 'must be an object' });
  const type = body['_type'];
  if (typeof type !== 'string') return fail('request.invalid', '_type', { reason: 'must be a text' });
  if (type === 'encrypted') return fail('ingest.encrypted', '_type');
  if (type !== 'location') return ok(IGNORED);
  const { lat, lon, tst } = body;
  if (typeof lat !== 'number') return fail('ingest.position.notANumber', 'lat');
  if (typeof lon !== 'number') return fail('ingest.position.notANumber', 'lon');
  const fixAt = inSeconds(tst);
  if (Number.isNaN(fixAt)) return fail('ingest.time.unreadable', 'tst', { value: shown(tst) });
  for (const name of ['vel', 'cog', 'acc', 'batt'])
    if (body[name] !== undefined && typeof body[name] !== 'number')
      return fail('request.invalid', name, { reason: 'must be a number' });
  const deviceAt = inSeconds(body['created_at']);
  const speed = known(body['vel']);
  const fix: PhoneFix = {
    lng: lon,
    lat,
    fixAt,
    deviceAt: Number.isNaN(deviceAt) ? undefined : deviceAt,
    speedMetresPerSecond: speed === undefined ? undefined : speed * METRES_PER_SECOND_PER_KMH,
    courseDegrees: known(body['cog']),
    accuracyMetres: known(body['acc']),
    batteryPercent: known(body['batt']),
  };
  return ok({ fix });
}

const inSeconds = (value: unknown): number =>
  typeof value === 'number' ? inRange(Math.floor(value * 1_000)) : Number.NaN;

const known = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
