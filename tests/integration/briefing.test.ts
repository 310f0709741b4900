import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DayChapters } from '@maplewall/shared/wire/briefing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneStreetCity } from '../support/one-street.ts';
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
      90_000,
    );
    expect(told).toMatchObject({ day: TOLD_DAY, endsAt: toldAt('24:00:00'), modes: ['Actual'] });
    const chapter = (kind: string) => told.chapters.find((one) => one.kind === kind);
    expect(chapter('volunteerHelp')).toMatchObject({
      incident: { incidentId: 'C', place: '甬江花园', priority: 1 },
      responder: { responderId: 'V1', kind: 'volunteer' },
      figures: [{ name: 'arrival', value: 25 }, { name: 'incidents', value: 1 }, { name: 'expected' }],
    });
    expect(chapter('slowestArrival')).toMatchObject({
      at: toldAt('22:00:00'),
      incident: { incidentId: 'E' },
      figures: [{ value: 400 }, { value: 55, sample: 6 }, { name: 'expected' }],
    });
    expect(chapter('longestOpen')).toMatchObject({
      incident: { incidentId: 'F' },
      figures: [{ value: 80 }, {}],
    });
    // The post was left for twenty minutes, and nobody else was seen.
    expect(chapter('coverageHole')).toMatchObject({
      figures: [{ value: 20 }, { value: 0 }, { value: 2 / 20, sample: 240 }],
    });
    expect(told.chapters.map(({ kind }) => kind)).not.toContain('busiestHour');
  }, 120_000);

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
