import type { City } from '@maplewall/shared/domain/city.ts';
import { usualDay, type UsualDay } from '@maplewall/shared/rules/usual-day.ts';
import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import type {
  HistoryDay,
  HistoryDayDetail,
  HistoryDays,
  HistoryIncidents,
} from '@maplewall/shared/wire/history.ts';
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import { HOUR_COUNTER_INDEX } from '@maplewall/shared/world/hour-counts.ts';
import { AskFault, type Ask } from './ask-gateway.ts';
import { gatherScenes, type SceneData } from './scenes/scene-data.ts';

/** All that a report tells, as the gateway's own answers: the screens show the same. */
export interface ReportData {
  readonly city: City;
  readonly day: HistoryDay;
  readonly usual: UsualDay | undefined;
  readonly incidents: HistoryIncidents['incidents'];
  readonly truth: DayTruth;
  readonly course: CoverageCourse['minutes'];
  readonly chapters: DayChapters;
  /** What the chapters' pictures are drawn of; undefined of a day without chapters. */
  readonly scenes: SceneData | undefined;
  /** Minutes with records that have no sealed segment yet, and whether history still counts. */
  readonly minutesUnsealed: number;
  readonly filling: boolean;
}

export interface GatherOptions {
  readonly ask: Ask;
  readonly wait: (ms: number) => Promise<void>;
  /** How long nothing may get on before the report is made of what there is. */
  readonly patienceMs: number;
}

const AGAIN_MS = 2_000;

/** Asks for a day, and waits as long as the gateway gets on with working it out. @throws AskFault */
export async function gather(name: string, { ask, wait, patienceMs }: GatherOptions): Promise<ReportData> {
  const city = await ask<City>('/api/city');
  const chapters = await settled(name, { ask, wait, patienceMs });
  const [history, detail, { incidents }, truth, { minutes }] = await Promise.all([
    ask<HistoryDays>('/api/history/days'),
    ask<HistoryDayDetail>(`/api/history/${name}`),
    ask<HistoryIncidents>(`/api/history/${name}/incidents`),
    ask<DayTruth>(`/api/reach/truth?day=${name}`),
    ask<CoverageCourse>(`/api/coverage/course?day=${name}`),
  ]);
  const received = HOUR_COUNTER_INDEX.get('received') ?? 0;
  const day = history.days.find((one) => one.day === name);
  if (day === undefined || day.minutesWithRecords === 0)
    throw new AskFault(`History has nothing of ${name}.`);
  return {
    city,
    day,
    usual: usualDay(
      history.days.map(({ hours, ...one }) => ({
        ...one,
        received: hours.map((hour) => hour[received] ?? 0),
      })),
      name,
    ),
    incidents,
    truth,
    course: minutes,
    chapters,
    scenes: await gatherScenes(chapters.chapters, minutes, ask),
    minutesUnsealed: detail.minutes.filter(({ etag }) => etag === '').length,
    filling: history.filling !== null,
  };
}

/** The chapters when all they are made of is worked out, or when nothing has got on for the time of one's patience. */
async function settled(name: string, { ask, wait, patienceMs }: GatherOptions): Promise<DayChapters> {
  let least = Number.POSITIVE_INFINITY;
  let idleMs = 0;
  for (;;) {
    const chapters = await ask<DayChapters>(`/api/briefing/${name}/chapters`);
    const left = chapters.waiting.expectations + chapters.waiting.coverageMinutes;
    idleMs = left < least ? 0 : idleMs + AGAIN_MS;
    least = Math.min(least, left);
    if (left === 0 || idleMs >= patienceMs) return chapters;
    await wait(AGAIN_MS);
  }
}
