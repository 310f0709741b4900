const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Of the cities of the tests. */
const ZONE_MS = 8 * 3_600_000;
/** The tests look back less than half an hour. */
const AFTER_MIDNIGHT_MS = 30 * MINUTE_MS;
const BEHIND_MS = 45 * MINUTE_MS;

const behindMs = (Date.now() + ZONE_MS) % DAY_MS < AFTER_MIDNIGHT_MS ? BEHIND_MS : 0;

/**
 * The time of a test that looks back, in milliseconds since 1970: now, but never so soon after midnight that what it looks back on
 * lies on the day before, of which the new day knows nothing until its first record.
 */
export const dayTime = (): number => Date.now() - behindMs;
