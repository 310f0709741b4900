import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { DateTimeFault, momentInCity } from '../replay/moment-in-city.ts';

/** A stretch of a day that is played. */
export interface ComparedStretch {
  readonly day: string;
  readonly startsAt: EpochMs;
}

export interface ComparedStretches {
  readonly sides: readonly [ComparedStretch, ComparedStretch];
  readonly lengthMs: number;
}

const DAY_MS = 86_400_000;
const LEAST_MS = 60_000;

/**
 * What an address compares: `2026-11-20` or `2026-11-20T18:00:00`, and `seconds` of both. Neither goes on behind the midnight
 * of its day, whose line it is played on. Undefined for what is no moment.
 */
export function comparedStretches(
  { a, b }: Readonly<Record<string, string | string[] | undefined>>,
  search: URLSearchParams,
  timeZone: string,
): ComparedStretches | undefined {
  const one = stretchOf(a, timeZone);
  const other = stretchOf(b, timeZone);
  if (one === undefined || other === undefined) return undefined;
  const asked = Number(search.get('seconds') ?? Number.NaN) * 1_000;
  const rest = Math.min(one.restMs, other.restMs);
  const lengthMs = asked > 0 ? Math.min(rest, Math.max(LEAST_MS, asked)) : rest;
  return { sides: [one, other], lengthMs };
}

function stretchOf(
  text: string | string[] | undefined,
  timeZone: string,
): (ComparedStretch & { readonly restMs: number }) | undefined {
  const [, day, clock = '00:00'] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?$/.exec(String(text)) ?? [];
  if (day === undefined) return undefined;
  const startsAt = momentInCity(day, clock, timeZone);
  if (startsAt instanceof DateTimeFault) return undefined;
  const next = new Date(Date.parse(`${day}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const midnight = momentInCity(next, '00:00', timeZone);
  if (midnight instanceof DateTimeFault) return undefined;
  return { day, startsAt, restMs: midnight - startsAt };
}
