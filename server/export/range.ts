import { DateTime } from 'luxon';
import { Type } from 'typebox';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';

/** From a moment on, up to another one. */
export interface Range {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const HOUR_MS = 3_600_000;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/;

const moment = (which: string) =>
  Type.String({
    maxLength: 40,
    description: `${which}: 2026-11-20T20:00 by the clocks of the city, or with an offset of its own`,
  });
/** The words of a query that name a range. */
export const rangeWords = { from: moment('The beginning'), to: moment('The end, which is not part of it') };

/** The range that a query names; it is not empty and not longer than `mostHours`. */
export function readRange(
  query: { readonly from: string; readonly to: string },
  timeZone: string,
  mostHours: number,
): Result<Range> {
  const from = readMoment('from', query.from, timeZone);
  if (!from.ok) return from;
  const to = readMoment('to', query.to, timeZone);
  if (!to.ok) return to;
  if (to.value <= from.value) return fail('export.range.empty', 'to');
  if (to.value - from.value > mostHours * HOUR_MS)
    return fail('export.range.tooLong', 'to', { hours: mostHours });
  return ok({ from: from.value, to: to.value });
}

function readMoment(field: 'from' | 'to', text: string, timeZone: string): Result<EpochMs> {
  // A plus sign in an address is a space to whoever reads it.
  const written = text.replace(' ', '+');
  const read = MOMENT.test(written) ? DateTime.fromISO(written, { zone: timeZone }) : undefined;
  return read?.isValid === true
    ? ok(epochMs(read.toMillis()))
    : fail('ingest.time.unreadable', field, { value: text.slice(0, 40) });
}
