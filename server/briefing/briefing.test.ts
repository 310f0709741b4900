import { expect, it } from 'vitest';
import { ok } from '@maplewall/shared/domain/fault.ts';
import { epochMs, minuteNo, minuteOf } from '@maplewall/shared/domain/units.ts';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { localDay, type LocalDay } from '../history/local-day.ts';
import { Briefing, type BriefingParts } from './briefing.ts';

const HOUR_MS = 3_600_000;
const DAY = '2026-11-20';

/** A city in which two incidents come in at 18:40 of each Friday, but nine on one of them, and history has nothing else. */
function briefingOf(timeZone: string, replayFrom = 0, world = emptyWorld()): Briefing {
  const weeks = ['2026-10-16', '2026-10-23', '2026-10-30', '2026-11-06', '2026-11-13', DAY];
  const days = weeks.flatMap((name) => localDay(name, timeZone) ?? []);
  const incidents = ({ startsAt, endsAt }: Pick<LocalDay, 'startsAt' | 'endsAt'>) => ({
    incidents: days.flatMap((day): HistoryIncident[] =>
      Array.from({ length: day.day === DAY ? 9 : 2 }, (_, index) => ({
        incidentId: `${day.day} ${index}`,
        at: epochMs(day.startsAt + 18 * HOUR_MS + (40 + index) * 60_000),
        category: 'help' as const,
        priority: 3 as const,
        lng: 1,
        lat: 1,
        place: '',
      })).filter(({ at }) => at >= startsAt && at < endsAt),
    ),
  });
  const counted = days.map((day) => {
    const first = Math.floor(day.startsAt / HOUR_MS);
    const hours = Array.from({ length: Math.ceil(day.endsAt / HOUR_MS) - first }, (_, index) => {
      const startsAt = epochMs((first + index) * HOUR_MS);
      return [incidents({ startsAt, endsAt: epochMs(startsAt + HOUR_MS) }).incidents.length];
    });
    return { ...day, minutesWithRecords: 9, minutesSealed: 9, hours, minutes: [] };
  });
  const parts = {
    city: { bounds: [0, 0, 2, 2] },
    clock: { now: () => epochMs(Date.UTC(2026, 11, 1)) },
    world,
    history: {
      timeZone,
      days: () => ({ timeZone, days: counted, filling: null }),
      day: (name: string) => counted.find(({ day }) => day === name),
      calendarDay: (name: string) => localDay(name, timeZone),
      minute: () => Promise.resolve('notYet'),
      incidents,
      replayFrom: () => minuteNo(replayFrom),
    },
    reach: {
      truth: () => Promise.resolve(ok({ incidents: [], waiting: 0 })),
      course: () => ok([]),
    },
  };
  return new Briefing(parts as unknown as BriefingParts);
}

it.each(['Asia/Shanghai', 'Asia/Kolkata', 'Asia/Kathmandu'])(
  'tells of the busiest hour by the clocks of %s, whatever part of an hour they are off the world',
  async (timeZone) => {
    const told = await briefingOf(timeZone).chapters(DAY);
    const chapters = told.ok ? told.value.chapters : [];
    const from = (localDay(DAY, timeZone)?.startsAt ?? 0) + 18 * HOUR_MS;
    expect(chapters).toMatchObject([{ kind: 'busiestHour', from, to: from + HOUR_MS }]);
  },
);

it('tells nothing of a day whose replay has ended, but that it has, and what the wall is fed with', async () => {
  const zone = 'Asia/Shanghai';
  const { endsAt = epochMs(0) } = localDay(DAY, zone) ?? {};
  const world = emptyWorld();
  world.sources.set('demo' as SourceId, { mode: 'Test', lastReceivedAt: endsAt });
  const told = await briefingOf(zone, minuteOf(endsAt), world).chapters(DAY);
  expect(told).toMatchObject({ ok: true, value: { replayGone: true, chapters: [], modes: ['Test'] } });
  const next = await briefingOf(zone, minuteOf(endsAt) - 1_440, world).chapters(DAY);
  expect(next.ok && next.value.replayGone).toBeUndefined();
});
