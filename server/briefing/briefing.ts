import { setImmediate as breathe } from 'node:timers/promises';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import {
  epochMs,
  minuteOf,
  startOfMinute,
  type EpochMs,
  type MinuteNo,
} from '@maplewall/shared/domain/units.ts';
import { chaptersOf } from '@maplewall/shared/rules/chapters/chapters.ts';
import type { DayFacts, HourFacts } from '@maplewall/shared/rules/chapters/day-facts.ts';
import { usualDay } from '@maplewall/shared/rules/usual-day.ts';
import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import { localDayOf, minuteName, type LocalDay } from '../history/local-day.ts';
import { segmentWorld } from '../history/segment-world.ts';
import type { Reach } from '../reach/reach.ts';
import { byCityHours } from './city-hours.ts';
import { copyOf, emptySeenDay, see, type SeenDay } from './day-incidents.ts';

export interface BriefingParts {
  readonly city: Pick<City, 'bounds'>;
  readonly history: Pick<
    History,
    'calendarDay' | 'day' | 'days' | 'incidents' | 'minute' | 'replayFrom' | 'timeZone'
  >;
  readonly reach: Pick<Reach, 'course' | 'truth'>;
  /** The world of now. */
  readonly world: World;
  readonly clock: Clock;
}

/** An incident stays in the world for an hour after its end, so whoever looks this often misses none. */
const LOOK_MS = 50 * 60_000;
const HOUR_MS = 3_600_000;
const DAYS_KEPT = 8;
const WHOLE_CITY = 0;

/** What of a day is worth telling, from history and from how its half minutes went. */
export class Briefing {
  readonly #parts: BriefingParts;
  /** What the segments of a day tell, with the versions of these. */
  readonly #seen = new Map<string, { readonly versions: string; readonly day: SeenDay }>();

  constructor(parts: BriefingParts) {
    this.#parts = parts;
  }

  /** The chapters of a day, as far as what they are made of is worked out. */
  async chapters(name: string): Promise<Result<DayChapters>> {
    const { history, reach, clock, city } = this.#parts;
    const day = history.day(name);
    if (day === undefined) return fail('history.day.invalid', 'day');
    const asOf = clock.now();
    const endsAt = epochMs(Math.max(day.startsAt, Math.min(day.endsAt, asOf)));
    const truth = await reach.truth(name);
    if (!truth.ok) return truth;
    if (minuteOf(day.startsAt) < history.replayFrom())
      return ok(this.#withoutReplay({ ...day, endsAt }, asOf, truth.value.waiting));
    const course = reach.course(name, WHOLE_CITY);
    if (!course.ok) return course;
    const seen = await this.#seenOf(day, endsAt);
    if (!seen.ok) return seen;
    const { kinds, incidents, modes } = seen.value;
    const expected = new Map(
      truth.value.incidents.map(({ incidentId, predictedSeconds }) => [incidentId, predictedSeconds]),
    );
    const first = day.minutes[0]?.startsAt;
    const minutesToCover = first === undefined ? 0 : Math.max(0, minuteOf(endsAt) - minuteOf(first));
    const [west = -180, south = -90, east = 180, north = 90] = city.bounds;
    const facts: DayFacts = {
      startsAt: day.startsAt,
      endsAt,
      box: [west, south, east, north],
      incidents: [...incidents.values()]
        .filter(({ receivedAt }) => receivedAt < endsAt)
        .map(({ firstId, ...one }) => {
          const kind = kinds.get(firstId);
          return {
            ...one,
            firstBy: kind === undefined ? undefined : { responderId: firstId, kind },
            expectedSeconds: expected.get(one.incidentId) ?? undefined,
          };
        })
        .toSorted((a, b) => a.receivedAt - b.receivedAt || (a.incidentId < b.incidentId ? -1 : 1)),
      coverage: course.value.flatMap(({ minute, shares }) => {
        const share = shares.blocks[0];
        return share === null || share === undefined ? [] : [{ at: startOfMinute(minute), share }];
      }),
      hours: this.#hoursOf(name, endsAt),
      minutesWithRecords: day.minutes.map(({ startsAt }) => startsAt),
    };
    return ok({
      day: name,
      startsAt: day.startsAt,
      endsAt,
      asOf,
      modes: [...modes].toSorted(),
      waiting: {
        expectations: truth.value.waiting,
        coverageMinutes: Math.max(0, minutesToCover - course.value.length),
      },
      chapters: chaptersOf(facts),
    });
  }

  /** Of a day whose worlds are gone: what the rules would find in the rest is not what the day was. */
  #withoutReplay({ day, startsAt, endsAt }: LocalDay, asOf: EpochMs, expectations: number): DayChapters {
    // Whether it was simulated is told by no world of its own any more, so it is told as exported files do.
    const modes = [...this.#parts.world.sources].flatMap(([id, { mode }]) =>
      id === SUPERVISOR ? [] : [mode],
    );
    return {
      day,
      startsAt,
      endsAt,
      asOf,
      modes: [...new Set(modes)].toSorted(),
      waiting: { expectations, coverageMinutes: 0 },
      replayGone: true,
      chapters: [],
    };
  }

  /** Incidents by whole hour of a day, beside what is usual. */
  #hoursOf(name: string, endsAt: EpochMs): readonly HourFacts[] {
    const { history } = this.#parts;
    const days = history.days().days.map((each) => byCityHours(each, history));
    const usual = usualDay(days, name);
    const day = days.find((one) => one.day === name);
    // On a day with a clock change the hours of the calendar are no hours of the usual day.
    return (day?.received.length === 24 ? day.received : []).flatMap((count, hour): readonly HourFacts[] => {
      const from = epochMs((day?.startsAt ?? 0) + hour * HOUR_MS);
      const to = epochMs(from + HOUR_MS);
      if (to > endsAt) return [];
      return [
        {
          from,
          to,
          received: count,
          usual:
            usual === undefined
              ? undefined
              : { median: usual.median[hour] ?? 0, high: usual.high[hour] ?? 0, days: usual.days },
        },
      ];
    });
  }

  /** What the worlds of a day know, one every LOOK_MS and the one at its end. */
  async #seenOf(day: LocalDay, endsAt: EpochMs): Promise<Result<SeenDay>> {
    const { history, clock, world } = this.#parts;
    const present = minuteOf(clock.now());
    const looks: MinuteNo[] = [];
    for (let at = day.startsAt + LOOK_MS; at < endsAt; at += LOOK_MS) looks.push(minuteOf(epochMs(at)));
    looks.push(minuteOf(endsAt));
    const segments: { readonly at: EpochMs; readonly etag: string; readonly bytes: Uint8Array }[] = [];
    for (const minute of looks.filter((one) => one < present)) {
      const at = startOfMinute(minute);
      const found = await history.minute(localDayOf(at, history.timeZone), minuteName(at, history.timeZone));
      if (found === 'unavailable') return fail('server.unavailable');
      // Before the first record of all there is nothing to be seen.
      if (typeof found !== 'string') segments.push({ at, etag: found.etag, bytes: found.bytes });
    }
    const seen = copyOf(await this.#seenInSegments(day, segments));
    if (minuteOf(endsAt) >= present) see(seen, world, day.startsAt);
    return ok(seen);
  }

  async #seenInSegments(
    day: LocalDay,
    segments: readonly { readonly at: EpochMs; readonly etag: string; readonly bytes: Uint8Array }[],
  ): Promise<SeenDay> {
    const versions = segments.map(({ etag }) => etag).join(' ');
    const known = this.#seen.get(day.day);
    if (known?.versions === versions) return known.day;
    const seen = emptySeenDay();
    for (const { at, bytes } of segments) {
      see(seen, segmentWorld(bytes, at), day.startsAt);
      // Thirty worlds at once would hold up the frames of the live ones.
      await breathe();
    }
    this.#seen.delete(day.day);
    this.#seen.set(day.day, { versions, day: seen });
    for (const old of this.#seen.keys()) {
      if (this.#seen.size <= DAYS_KEPT) break;
      this.#seen.delete(old);
    }
    return seen;
  }
}
