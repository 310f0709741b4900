import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { arrivalFigures } from '@maplewall/shared/rules/half-minute.ts';
import { HOUR_COUNTERS } from '@maplewall/shared/world/hour-counts.ts';
import { ReportSchedule } from './report-schedule.ts';

const DAY = '2026-11-20';
const STARTS = Date.parse(`${DAY}T00:00:00+08:00`);
const FILE = `maplewall-${DAY}.pdf`;
const nextMorning = (clock: string) => epochMs(Date.parse(`2026-11-21T${clock}+08:00`));
const WAIT = { timeout: 30_000, interval: 20 };

/** What a gateway answers of a day on which nothing happened. */
const day = {
  day: DAY,
  startsAt: STARTS,
  endsAt: STARTS + 86_400_000,
  minutesWithRecords: 3,
  minutesSealed: 3,
  hours: Array.from({ length: 24 }, () => HOUR_COUNTERS.map(() => 0)),
};
const ANSWERS: Readonly<Record<string, object>> = {
  '/api/city': { name: { zh: '龙港市', en: 'Longgang' }, timeZone: 'Asia/Shanghai', precincts: [] },
  [`/api/briefing/${DAY}/chapters`]: {
    ...day,
    asOf: STARTS + 90_000_000,
    modes: ['Test'],
    waiting: { expectations: 0, coverageMinutes: 0 },
    chapters: [],
  },
  '/api/history/days': { timeZone: 'Asia/Shanghai', days: [day], filling: null },
  [`/api/history/${DAY}`]: { ...day, minutes: [] },
  [`/api/history/${DAY}/incidents`]: { incidents: [] },
  [`/api/reach/truth?day=${DAY}`]: {
    incidents: [],
    waiting: 0,
    city: arrivalFigures([]),
    precincts: [],
    reasons: {},
    calibration: [],
  },
  [`/api/coverage/course?day=${DAY}`]: { minutes: [] },
};

describe('the report of yesterday', () => {
  let folder: string;
  let now = nextMorning('06:00:00');
  let answers = true;
  let asked = 0;
  let logged: string[] = [];
  let schedule: ReportSchedule | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maplewall-reports-'));
    now = nextMorning('06:00:00');
    answers = true;
    asked = 0;
    logged = [];
  });
  afterEach(async () => {
    await schedule?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const start = (): ReportSchedule => {
    schedule = new ReportSchedule({
      at: '07:00',
      folder,
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      clock: { now: () => now },
      logger: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }),
      send: (path) => {
        asked += 1;
        const said = ANSWERS[path];
        return Promise.resolve(answers && said !== undefined ? { status: 200, said } : { status: 500, said });
      },
    });
    return schedule;
  };

  it('is made once its time has come by the clocks of the city, and not again', async () => {
    const running = start();
    expect(asked).toBe(0);
    now = nextMorning('07:00:00');
    running.look();
    await vi.waitUntil(async () => (await readdir(folder)).includes(FILE), WAIT);
    await running.stop();
    expect(await readdir(folder)).toEqual([FILE]);
    expect((await stat(join(folder, FILE))).size).toBeGreaterThan(2_000);
    const before = asked;
    running.look();
    expect(asked).toBe(before);
  }, 60_000);

  it('is made later in the day where the gateway was down, and not made anew after a restart', async () => {
    await writeFile(join(folder, FILE), 'made before');
    now = nextMorning('10:30:00');
    const running = start();
    await running.stop();
    expect(asked).toBe(0);
    expect(logged).toEqual([]);
  });

  it('is tried again when it fails, which is logged once', async () => {
    answers = false;
    now = nextMorning('07:00:00');
    const running = start();
    await vi.waitUntil(() => logged.length === 1, WAIT);
    const first = asked;
    running.look();
    expect(asked).toBe(first);
    now = nextMorning('07:06:00');
    await vi.waitUntil(() => {
      running.look();
      return asked > first;
    }, WAIT);
    answers = true;
    now = nextMorning('07:12:00');
    await vi.waitUntil(async () => {
      running.look();
      return (await readdir(folder)).includes(FILE);
    }, WAIT);
    expect(logged.length).toBe(1);
  }, 60_000);
});
