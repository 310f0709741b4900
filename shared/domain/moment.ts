/** 2000-01-01: a time before it is a clock that was never set. */
const EARLIEST_MS = 946_684_800_000;
/** 2100-01-01. */
const LATEST_MS = 4_102_444_800_000;

/** `2026-11-23T15:04:05.678+08:00`, the profile of ISO 8601 in RFC 3339; a zone is required. */
const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):(\d\d))$/;
const MAX_TEXT = 40;

/**
 * Milliseconds since 1970 of a time as sources write it: a number of milliseconds, or RFC 3339.
 * @returns NaN when it cannot be read or lies outside 2000–2100
 */
export function parseMoment(value: unknown): number {
  if (typeof value === 'number') return inRange(Math.floor(value));
  return typeof value === 'string' && value.length <= MAX_TEXT ? parseRfc3339(value) : Number.NaN;
}

function parseRfc3339(text: string): number {
  const found = RFC_3339.exec(text);
  if (found === null) return Number.NaN;
  const [, year, month, day, hour, minute, second, fraction = '', , sign, zoneHour = '0', zoneMinute = '0'] =
    found;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = momentOf(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return Number.NaN;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  return inRange(local + ms - offset);
}

/** NaN for a moment that no calendar has; `Date.UTC` would make 2 March of 30 February. */
export function momentOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const made = new Date(ms);
  return made.getUTCDate() === day &&
    made.getUTCMonth() === month - 1 &&
    hour < 24 &&
    minute < 60 &&
    second < 60
    ? ms
    : Number.NaN;
}

/** The moment itself, or NaN when no clock of ours can have shown it. */
export const inRange = (ms: number): number => (ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : Number.NaN);

/** What stands in a fault for a value that could not be read: short, whatever was sent. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
