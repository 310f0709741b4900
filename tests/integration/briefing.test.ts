import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { askWith, overHttp } from '@maplewall/server/report/ask-gateway.ts';
import { gather } from '@maplewall/server/report/report-data.ts';
import { writeReport } from '@maplewall/server/report/write-report.ts';
import type { DayChapters, ShiftCard } from '@maplewall/shared/wire/briefing.ts';
import type { DayTruth } from '@maplewall/shared/wire/truth.ts';
import { percentWord } from '@maplewall/shared/rules/percent-word.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneStreetCity } from '../support/one-street.ts';
import { pdfText } from '../support/pdf-text.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { TOLD_DAY, toldAt, toldEvening } from '../support/told-day.ts';
import { waitUntil } from '../support/wait-until.ts';

let folder: string;
let server: TestGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-briefing-'));
  server = await startTestGateway({ cityDir: await makeOneStreetCity(folder) });
  await postEvents(server.url, await server.addSource('duty'), toldEvening());
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('GET /api/briefing/:day/chapters', () => {
  it('tells what stood out on a day, from its history and its half minutes, once all is worked out', async () => {
    const told = await waitUntil(
      'all of the day is worked out',
      async () => {
        const answer = await fetch(`${server.url}/api/briefing/${TOLD_DAY}/chapters`);
        const found = (await answer.json()) as DayChapters;
        return (
          answer.ok &&
          found.chapters.length > 3 &&
          found.waiting.expectations + found.waiting.coverageMinutes === 0 &&
          found
        );
      },
      180_000,
      500,
    );
    expect(told).toMatchObject({ day: TOLD_DAY, endsAt: toldAt('24:00:00'), modes: ['Actual'] });
    const chapter = (kind: string) => told.chapters.find((one) => one.kind === kind);
    expect(chapter('volunteerHelp')).toMatchObject({
      incident: { incidentId: 'C', place: '甬江花园', priority: 1 },
      responder: { responderId: 'V1', kind: 'volunteer' },
      figures: [{ name: 'arrival', value: 25 }, { name: 'incidents', value: 1 }, { name: 'expected' }],
    });
    expect(chapter('slowestArrival')).toMatchObject({
      at: toldAt('22:25:00'),
      incident: { incidentId: 'E' },
      // Nobody could set out at that moment, so nothing was to be expected.
      figures: [{ value: 400 }, { value: 55, sample: 6 }],
    });
    expect(chapter('longestOpen')).toMatchObject({
      incident: { incidentId: 'F' },
      figures: [{ value: 80 }, {}],
    });
    // The post was left for half an hour, and nobody else was seen.
    expect(chapter('coverageHole')).toMatchObject({
      figures: [{ value: 30 }, { value: 0 }, { value: 2 / 20, sample: 140 }],
    });
    expect(told.chapters.map(({ kind }) => kind)).not.toContain('busiestHour');
  }, 240_000);

  it('refuses a day that there is not, and tells nothing of one on which nothing happened', async () => {
    expect((await fetch(`${server.url}/api/briefing/2026-02-30/chapters`)).status).toBe(400);
    const answer = await fetch(`${server.url}/api/briefing/2025-03-01/chapters`);
    expect(await answer.json()).toMatchObject({
      chapters: [],
      modes: [],
      waiting: { expectations: 0, coverageMinutes: 0 },
    });
  });
});

const CLI = fileURLToPath(new URL('../../server/cli/maplewall.ts', import.meta.url));
const report = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [CLI, 'report', '--server', server.url, ...args]);

describe('maplewall report', () => {
  it('writes a PDF with the figures of the endpoints, in Chinese and in English, with its fonts in it', async () => {
    const truth = (await (await fetch(`${server.url}/api/reach/truth?day=${TOLD_DAY}`)).json()) as DayTruth;
    const file = join(folder, 'zh.pdf');
    await report('--day', TOLD_DAY, '--out', file);
    const pages = await pdfText(file);
    const text = pages.join(' ');
    // Beside its picture a sentence is broken anywhere between two characters.
    const unbroken = text.replaceAll(' ', '');
    const [half] = truth.city.within;
    for (const words of [
      `一街 · ${TOLD_DAY}`,
      '接到警情',
      '一级 1 · 二级 1 · 三级 4 · 四级 0',
      `${percentWord(half?.share)} %`,
      `95 % 区间 ${percentWord(half?.low)}–${percentWord(half?.high)} %，样本 6`,
      '所 33 67 83 6',
      '警情清单（6 起）',
      '22:05:00 求助 一级 甬江花园 25 秒 达到',
      '没有“平常”可比',
    ])
      expect(text).toContain(words);
    for (const words of [
      '22:25:00最慢首达龙港大道18号，二级求助警情，6分40秒后才有人到场；当日中位55秒（样本6）。',
      '志愿者及时到场甬江花园，一级求助警情，志愿者最先到场，用时25秒',
      '一级求助跑步30秒可到的街道x200米',
      // The city of one street has no grids: where nobody comes is told place by place.
      '30秒内无人可到之处（20处）无人的岗哨',
    ])
      expect(unbroken).toContain(words);
    expect(text).not.toContain('模拟');
    pages.forEach((page, index) => expect(page).toContain(`第 ${index + 1} 页，共 ${pages.length} 页`));
    // Both weights are embedded, each cut down to what is written.
    expect((await readFile(file, 'latin1')).match(/\/FontFile2/g)?.length).toBeGreaterThan(2);

    const wait = (ms: number): Promise<void> => setTimeout(ms);
    const ask = askWith({ send: overHttp(new URL(server.url), ''), wait });
    const data = await gather(TOLD_DAY, { ask, wait, patienceMs: 0 });
    await writeReport({ data, language: 'en', file: join(folder, 'en.pdf') });
    const english = (await pdfText(join(folder, 'en.pdf'))).join(' ');
    expect(english).toContain('龙港大道 18 号: help, P2; the first was there after 6 min 40 s');
    expect(english).toContain(`as of ${new Date().toISOString().slice(0, 4)}`);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 240_000);

  it('says in one sentence why there is no report, and leaves no file', async () => {
    const out = join(folder, 'none.pdf');
    await expect(report('--day', '2025-03-01', '--out', out)).rejects.toMatchObject({
      code: 1,
      stderr: 'History has nothing of 2025-03-01.\n',
    });
    const wait = (): Promise<void> => Promise.resolve();
    for (const [url, day, sentence] of [
      [server.url, '2026-02-30', 'The day must be written YYYY-MM-DD.'],
      ['http://localhost:1', TOLD_DAY, 'No gateway answers at http://localhost:1'],
    ] as const) {
      const ask = askWith({ send: overHttp(new URL(url), ''), wait });
      await expect(gather(day, { ask, wait, patienceMs: 0 })).rejects.toThrow(sentence);
    }
    expect(await readdir(folder)).not.toContain('none.pdf');
  }, 120_000);
});

describe('GET /api/briefing/shift', () => {
  it('tells what changed since a moment of that evening, each line with its moment', async () => {
    const since = `${TOLD_DAY}T22:00:00+08:00`;
    const answer = await fetch(`${server.url}/api/briefing/shift?since=${encodeURIComponent(since)}`);
    const card = (await answer.json()) as ShiftCard;
    expect(card.since).toBe(Date.parse(since));
    const line = (kind: string) => card.lines.find((one) => one.kind === kind);
    expect(line('incidents')).toMatchObject({
      at: toldAt('22:05:00'),
      figures: { received: 4, p1: 1, p2: 1, p3: 2, open: 0, openBefore: 0 },
    });
    expect(line('missed')).toMatchObject({
      at: toldAt('22:25:00'),
      figures: { missed: 3, all: 4, seconds: 400 },
      incident: { incidentId: 'E', place: '龙港大道 18 号' },
    });
    // Everybody who was there then is there again, nothing is open, and of now no coverage is known: no record came today.
    for (const kind of ['worstOpen', 'posts', 'people', 'coverage']) expect(line(kind)).toBeUndefined();
    expect(card.lines.length).toBeLessThanOrEqual(6);
  });

  it('refuses a moment that cannot be read, that is to come, or that lies too far back', async () => {
    for (const since of ['yesterday', '2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z'])
      expect((await fetch(`${server.url}/api/briefing/shift?since=${since}`)).status).toBeGreaterThanOrEqual(
        400,
      );
  });
});
