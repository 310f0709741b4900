import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATEGORIES } from '@maplewall/shared/domain/incident.ts';
import type { HistoryComparison, HistoryHeat } from '@maplewall/shared/wire/history.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOneStreetCity } from '../support/one-street.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CHINA_MS = 8 * HOUR_MS;
const NOW = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const day = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10);
const hourOf = (at: number): number => new Date(at + CHINA_MS).getUTCHours();
/** 1 is Monday. */
const weekdayOf = (at: number): number => new Date(at + CHINA_MS).getUTCDay() || 7;
const CELL = 0.005;
const cellOf = (lng: number, lat: number): string => `${Math.floor(lng / CELL)} ${Math.floor(lat / CELL)}`;

/** 240 incidents of the last three weeks, some hours apart, and forty of the last three hours; by no chance. */
const incidents = Array.from({ length: 280 }, (_, index) => ({
  at:
    index < 240 ? NOW - 21 * DAY_MS + index * 2 * HOUR_MS : NOW - 3 * HOUR_MS + (index - 240) * 4 * MINUTE_MS,
  lng: 120.51 + ((index * 37) % 80) / 1_000,
  lat: 27.51 + ((index * 53) % 80) / 1_000,
  category: CATEGORIES[(index * 5) % CATEGORIES.length] ?? 'help',
}));
/** A post is held from 150 minutes ago on: a minute is that at its beginning. */
const HELD_SINCE = NOW - 150 * MINUTE_MS - 1_000;

let folder: string;
let test: TestGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-compare-'));
  test = await startTestGateway({ cityDir: await makeOneStreetCity(folder) });
  const key = await test.addSource('110');
  await postEvents(test.url, key, [
    ...incidents.map(({ at, lng, lat, category }, index) => ({
      key: `i${index}`,
      at,
      event: {
        kind: 'incident.received',
        incidentId: `I${index}`,
        category,
        priority: 3,
        lng,
        lat,
        place: 'x',
      },
    })),
    {
      key: 'in',
      at: HELD_SINCE,
      event: {
        kind: 'responder.checkedIn',
        responderId: 'S1',
        responderKind: 'sentry',
        callSign: 'S1',
        postId: 'GATE',
      },
    },
  ]);
  const days = [...new Set(incidents.map(({ at }) => day(at)))].join(',');
  await waitUntil('all of them are counted', async () => {
    const { cells } = await ask<HistoryHeat>(`heat?days=${days}`);
    return cells.reduce((sum, cell) => sum + cell.incidents, 0) === incidents.length;
  });
});
afterAll(async () => {
  await test.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${test.url}/api/history/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** What a plain count of the records says, by cell. */
function plainCells(chosen: readonly (typeof incidents)[number][]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { lng, lat } of chosen) counts.set(cellOf(lng, lat), (counts.get(cellOf(lng, lat)) ?? 0) + 1);
  return counts;
}
const countedCells = ({ cells }: HistoryHeat): ReadonlyMap<string, number> =>
  new Map(
    cells
      .filter((cell) => cell.incidents > 0)
      .map(({ lng, lat, incidents: count }) => [cellOf(lng, lat), count]),
  );

describe('GET /api/history/heat', () => {
  const first = day(NOW - 21 * DAY_MS);
  const last = day(NOW - DAY_MS);

  it('counts what a plain count of the records finds, on all such weekdays of a range, between hours', async () => {
    const heat = await ask<HistoryHeat>(`heat?from=${first}&to=${last}&weekday=5&hours=18-23`);
    const chosen = incidents.filter(
      ({ at }) => weekdayOf(at) === 5 && hourOf(at) >= 18 && day(at) >= first && day(at) <= last,
    );
    expect(chosen.length).toBeGreaterThan(5);
    expect(countedCells(heat)).toEqual(plainCells(chosen));
    expect(heat.days.map(({ day: name }) => weekdayOf(Date.parse(`${name}T04:00:00Z`)))).toEqual([5, 5, 5]);
    expect(heat.daysWithData).toBe(3);
    // Smoothed, the same number of incidents lie within the city, some of it at its faint edge left out.
    const perDay = heat.cells.reduce((sum, cell) => sum + cell.perDay, 0);
    expect(perDay * 3).toBeGreaterThan(chosen.length * 0.8);
    expect(perDay * 3).toBeLessThan(chosen.length * 1.01);
  });

  it('goes on behind midnight, and says which of the days it knows nothing of', async () => {
    const long = day(NOW - 100 * DAY_MS);
    const known = day(NOW - 10 * DAY_MS);
    const heat = await ask<HistoryHeat>(`heat?days=${long},${known}&hours=22-1`);
    const from = Date.parse(`${known}T22:00:00+08:00`);
    const chosen = incidents.filter(({ at }) => at >= from && at < from + 4 * HOUR_MS);
    expect(countedCells(heat)).toEqual(plainCells(chosen));
    expect(heat.days).toEqual([
      { day: long, hasData: false, incidents: 0 },
      { day: known, hasData: true, incidents: chosen.length },
    ]);
    expect(heat.daysWithData).toBe(1);
  });

  it.each([
    ['days=2026-02-30', 'history.day.invalid', 'days'],
    ['from=2026-11-01', 'history.day.invalid', 'to'],
    ['from=2026-11-02&to=2026-11-01', 'history.day.invalid', 'to'],
    ['weekday=5', 'history.day.invalid', 'from'],
    ['from=2020-01-01&to=2026-11-01', 'history.days.tooMany', 'to'],
    ['days=2026-11-01&hours=18-24', 'request.invalid', 'hours'],
  ])('refuses %s', async (query, code, field) => {
    const answer = await fetch(`${test.url}/api/history/heat?${query}`);
    expect(await answer.json()).toMatchObject({ code, field: expect.stringContaining(field) as string });
  });
});

describe('GET /api/history/compare', () => {
  const range = (from: number, to: number): string =>
    encodeURIComponent(`${new Date(from).toISOString()}/${new Date(to).toISOString()}`);

  it('counts both ranges as a plain count of the records does, and lays the difference on the map', async () => {
    // 110 minutes, so that the last hour is a part of one; then all of yesterday's same time.
    const a = [NOW - 170 * MINUTE_MS, NOW - 60 * MINUTE_MS] as const;
    const b = a.map((at) => at - DAY_MS) as unknown as typeof a;
    const found = await ask<HistoryComparison>(`compare?a=${range(...a)}&b=${range(...b)}`);
    for (const [[from, to], told] of [
      [a, found.a],
      [b, found.b],
    ] as const) {
      const chosen = incidents.filter(({ at }) => at >= from && at < to);
      expect(told).toMatchObject({ from, to, incidents: chosen.length });
      expect(told.byHour).toEqual(
        [0, 1].map((hour) => chosen.filter(({ at }) => Math.floor((at - from) / HOUR_MS) === hour).length),
      );
      expect(told.byCategory).toEqual(
        Object.fromEntries(
          CATEGORIES.map((category) => [category, chosen.filter((one) => one.category === category).length]),
        ),
      );
    }
    for (const cell of found.cells) expect(cell.difference).toBeCloseTo(cell.b - cell.a, 2);
    const difference = found.cells.reduce((sum, cell) => sum + cell.difference, 0);
    expect(difference / (found.b.incidents - found.a.incidents)).toBeCloseTo(1, 0);
    const same = await ask<HistoryComparison>(`compare?a=${range(...a)}&b=${range(...a)}`);
    expect(same.cells).toEqual([]);
  });

  it('lays the coverage of both by the minute since they began beside each other', async () => {
    const before = [NOW - 160 * MINUTE_MS, NOW - 140 * MINUTE_MS] as const;
    const after = [NOW - 120 * MINUTE_MS, NOW - 110 * MINUTE_MS] as const;
    const { a, b } = await waitUntil('the coverage is worked out', async () => {
      const found = await ask<HistoryComparison>(`compare?a=${range(...before)}&b=${range(...after)}`);
      return found.a.coverage.length === 20 && found.b.coverage.length === 10 && found;
    });
    // Two of the twenty buildings are reached from the post in time, once it is held.
    const within = ({ coverage }: typeof a) => coverage.map(({ minute, blocks }) => [minute, blocks[0]]);
    expect(within(a)).toEqual(Array.from({ length: 20 }, (_, minute) => [minute, minute < 10 ? 0 : 0.1]));
    expect(within(b)).toEqual(Array.from({ length: 10 }, (_, minute) => [minute, 0.1]));
  });

  it.each([
    ['a range that ends before it begins', range(NOW, NOW - HOUR_MS), 'range.invalid'],
    ['a range of more than a day', range(NOW - 26 * HOUR_MS, NOW), 'range.invalid'],
    ['a moment that is none', 'yesterday/today', 'ingest.time.unreadable'],
    ['one moment', '2026-11-01', 'request.invalid'],
  ])('refuses %s', async (_, a, code) => {
    const answer = await fetch(`${test.url}/api/history/compare?a=${a}&b=${range(NOW - HOUR_MS, NOW)}`);
    expect(await answer.json()).toMatchObject({ code, field: expect.stringContaining('a') as string });
  });
});
