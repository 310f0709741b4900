import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { extname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { CATEGORIES } from '@maplewall/shared/domain/incident.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';

const CLIENT = fileURLToPath(new URL('../../client', import.meta.url));
const FIXTURE = join(CLIENT, 'fixtures/drawers');
const HOST = 'http://drawers.test';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const DAY_MS = 86_400_000;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

const same = (value: number) => ({ value, low: value - 1, high: value + 1 });
const incident = (incidentId: string, at: string, wonSeconds: number) => ({
  incidentId,
  receivedAt: Date.parse(`2026-11-27T${at}+08:00`),
  beforeSeconds: 1_800,
  afterSeconds: 90,
  wonSeconds,
});
/** An answer of the gateway, as far as the drawer reads it. */
const whatIf = (waiting: number, incidents: readonly object[]) => ({
  computed: true,
  waiting,
  incidents,
  draws: 200,
  medianWonSeconds: same(24),
  extraAlerts: same(1.5),
  alertsBefore: 10,
  alertsAfter: 13,
  within: [{ seconds: 30, before: same(0.1), after: same(0.25), gained: same(0.15), actual: 0.12 }],
  distribution: [
    { fromSeconds: null, incidents: 0 },
    { fromSeconds: -1, incidents: 0 },
    { fromSeconds: 1, incidents: 2 },
  ],
  calibration: {
    incidents: 2,
    medianActualSeconds: 80,
    medianComputedSeconds: 84,
    insideShare: 0.8,
  },
  passedOverBefore: 0.2,
  passedOverAfter: 3.4,
  withoutOffers: 0,
  usualOffers: 3,
});
/** Coverage by community: one whose share is told, and one that is covered the same at any time. */
const communities = (blocks30: number) => ({
  features: [
    ['A', blocks30],
    ['B', 0.3],
  ].map(([id, share]) => ({
    type: 'Feature',
    properties: { id, blocks30: share },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [120.5, 27.5],
          [120.6, 27.5],
          [120.6, 27.6],
          [120.5, 27.5],
        ],
      ],
    },
  })),
});
const range = (incidents: number) => ({
  from: Date.parse('2026-11-27T00:00:00+08:00'),
  to: Date.parse('2026-11-28T00:00:00+08:00'),
  incidents,
  byCategory: Object.fromEntries(
    CATEGORIES.map((category) => [category, category === 'help' ? incidents : 0]),
  ),
  byHour: Array.from({ length: 24 }, () => incidents / 24),
  coverage: [{ minute: 0, blocks: [0.4] }],
});
const days = ['2026-11-20', '2026-11-26', '2026-11-27'].map((day) => {
  const startsAt = Date.parse(`${day}T00:00:00+08:00`);
  return { day, startsAt, endsAt: startsAt + DAY_MS };
});

part('the drawers of a replay, in a browser', browser !== undefined, () => {
  let page: Page;
  /** Answers of /api/what-if, in their order; the last one stays. */
  let answers: { readonly status: number; readonly body: object }[] = [];
  const asked: string[] = [];
  beforeAll(async () => {
    const vite = join(CLIENT, 'node_modules/vite/bin/vite.js');
    const args = ['build', 'fixtures/drawers', '--config', 'vite.config.ts', '--configLoader', 'native'];
    const child = spawn(process.execPath, [vite, ...args, '--logLevel', 'error'], {
      cwd: CLIENT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error('the page of the drawers could not be built');
    page = await (browser as Browser).newPage({ viewport: { width: 960, height: 1_400 } });
    await page.route('**/*', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const json = (body: object, status = 200) => route.fulfill({ status, json: body });
      if (pathname.startsWith('/api/')) asked.push(pathname + search);
      if (pathname === '/api/what-if') {
        const { status = 500, body = {} } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
        return json(body, status);
      }
      if (pathname === '/api/history/days') return json({ days });
      if (pathname === '/api/history/compare')
        return json({ a: range(24), b: range(48), cells: [{ difference: 1 }, { difference: -1 }] });
      if (pathname === '/api/coverage')
        return json(communities(search.includes('2026-11-27') ? 0.02 : 0.005));
      const file = pathname === '/' ? 'index.html' : pathname.slice(1);
      const body = await readFile(join(FIXTURE, 'dist', file)).catch(() => undefined);
      if (body === undefined) return route.fulfill({ status: 404 });
      return route.fulfill({ body, contentType: TYPES[extname(file)] ?? 'application/octet-stream' });
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    asked.length = 0;
    await page.goto(`${HOST}/?day=2026-11-27&from=18:00&to=22:00&lang=en`);
    await page.locator('.what-if .work').waitFor();
  });
  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const work = (): Promise<void> => page.getByRole('button', { name: 'Work it out' }).click();

  it('say what another policy would have won, as it is worked out, and lead to where it would have won most', async () => {
    answers = [
      { status: 200, body: whatIf(2, []) },
      { status: 200, body: whatIf(0, [incident('A', '18:30:05', 20), incident('B', '19:00:00', 300)]) },
    ];
    await page.getByRole('button', { name: '60 s' }).click();
    await work();
    await expect.poll(() => text('.what-if [role=status]')).toContain('2 more');
    await page.locator('.what-if .figures').waitFor();
    expect(asked.find((path) => path.startsWith('/api/what-if'))).toBe(
      '/api/what-if?from=2026-11-27T10%3A00%3A00.000Z&to=2026-11-27T14%3A00%3A00.000Z&offers=5&substitute=60',
    );
    expect(await text('.what-if header')).toContain('computed, not observed');
    expect(await text('.what-if .figures')).toMatch(/\+24 s[\s\S]*\+1\.5[\s\S]*10 → 13/);
    expect((await text('.what-if tbody tr')).replaceAll(/\s+/g, ' ')).toContain('30 s 10 25 +15');
    expect((await text('.what-if ol li:first-child')).replaceAll(/\s+/g, ' ')).toContain(
      '19:00:00 nobody → 1:30 +300 s',
    );
    await page.getByRole('button', { name: 'Show the incident of 19:00:00' }).click();
    expect(await text('output')).toContain('19:00:00');
    // Another choice is another question: the answer goes.
    await page.getByRole('button', { name: '8', exact: true }).click();
    await page.locator('.what-if .figures').waitFor({ state: 'detached' });
    // One post more is not worked out before it stands somewhere.
    await page.getByRole('button', { name: 'On the map' }).click();
    await page.locator('.what-if .work:disabled').waitFor();
    await page.getByRole('button', { name: 'Advised place' }).click();
    await work();
    await page.locator('.what-if .figures').waitFor();
    expect(new URLSearchParams(asked.at(-1)?.split('?')[1]).get('post')).toBe('120.550000,27.550000');
    expect(await text('.what-if')).toContain('0 times as done, 3 times with the other policy');
  });

  it('say so where nothing happened, and what the gateway says where it refuses', async () => {
    answers = [{ status: 200, body: whatIf(0, []) }];
    await work();
    await expect.poll(() => text('.what-if')).toContain('no incidents in this time');
    const sentence = { 'zh-CN': '太少', en: 'There are too few orders.' };
    answers = [{ status: 422, body: { code: 'whatIf.tooFewOffers', field: '', sentence } }];
    await work();
    await expect.poll(() => text('.what-if [role=alert]')).toBe('There are too few orders.');
  });

  it('lay the same weekday of last week beside the day, or hours beside hours, and tell the map where both differ', async () => {
    await page.getByRole('button', { name: 'Same weekday last week' }).click();
    await page.locator('.compare-days table').waitFor();
    expect(await page.locator('#compared-day').inputValue()).toBe('2026-11-20');
    expect((await text('.compare-days tbody')).replaceAll(/\s+/g, ' ')).toBe(
      'Incidents 24 48 +24 help 24 48 +24',
    );
    expect(await page.locator('.compare-days svg[role=img]').count()).toBe(2);
    expect(await text('output')).toContain('2');
    // What is covered at the moment shown, against the same time of the other day.
    await page.getByRole('button', { name: 'Coverage' }).click();
    await page.getByText(/2026-11-27 18:00 against 2026-11-20 18:00/).waitFor();
    expect(
      asked
        .filter((path) => path.startsWith('/api/coverage'))
        .map((path) => Date.parse(new URLSearchParams(path.split('?')[1]).get('t') ?? '')),
    ).toEqual([Date.parse('2026-11-27T18:00+08:00'), Date.parse('2026-11-20T18:00+08:00')]);
    const query = new URLSearchParams(
      asked.find((path) => path.startsWith('/api/history/compare'))?.split('?')[1],
    );
    expect(query.get('a')).toBe('2026-11-19T16:00:00.000Z/2026-11-20T16:00:00.000Z');
    // The evening of this day against the evening of that one, then against a later hour of it.
    const last = () => {
      const words = new URLSearchParams(
        asked.findLast((path) => path.startsWith('/api/history/compare'))?.split('?')[1],
      );
      return [words.get('a'), words.get('b')];
    };
    const evening = '2026-11-27T10:00:00.000Z/2026-11-27T16:00:00.000Z';
    await page.getByRole('button', { name: '18–24' }).click();
    await expect.poll(last).toEqual(['2026-11-20T10:00:00.000Z/2026-11-20T16:00:00.000Z', evening]);
    await page.getByLabel('The other hours begin at').fill('19:30');
    await expect.poll(last).toEqual(['2026-11-20T11:30:00.000Z/2026-11-20T17:30:00.000Z', evening]);
    expect(await page.getByRole('link', { name: 'Play both side by side' }).getAttribute('href')).toBe(
      '/compare/2026-11-20T19:30:00/2026-11-27T18:00:00?lang=en&seconds=21600',
    );
  });
});
