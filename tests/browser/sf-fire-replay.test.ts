import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { importCommand } from '@maplewall/server/cli/import.ts';
import { packCommand } from '@maplewall/server/cli/pack.ts';
import { launchBrowser } from '../support/browser.ts';
import { documentedCommands } from '../support/documented-commands.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { part } from '../support/part.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { askWall, buildScreens, wallContext, watchHosts } from '../support/wall-page.ts';

const DOCUMENT = 'docs/examples/sf-fire.md';
const FILE = 'incidents/sf-fire-2020-04.csv';
const PATIENCE_MS = 120_000;
/** San Francisco's noon of the tenth, when its clocks are 7 hours behind. */
const NOON = Date.parse('2020-04-10T12:00:00-07:00');

const browser: Browser | undefined = isGiven(FILE) ? await launchBrowser().catch(() => undefined) : undefined;

type Row = Readonly<Record<string, string>>;
const at = (text: string | undefined): number =>
  text === undefined || text === '' ? Number.NaN : Date.parse(`${text} GMT-0700`);

part('a fire department’s day as its document says', isGiven(FILE) && browser !== undefined, () => {
  let folder = '';
  let server: TestGateway;
  let page: Page;
  let hosts: ReadonlySet<string>;
  let rows: readonly Row[] = [];

  beforeAll(async () => {
    await buildScreens();
    folder = await mkdtemp(join(tmpdir(), 'maplewall-sf-'));
    const cityDir = join(folder, 'city');
    const silent = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const [pack = []] = await documentedCommands(DOCUMENT, 'pack');
    const packed = await packCommand(pack.map((word) => (word === 'data/sf-city' ? cityDir : word)));
    if (packed !== 0) throw new Error('the pack cannot be made');
    server = await startTestGateway({ cityDir });

    // The day alone, because the whole fortnight is imported elsewhere and this is about the picture.
    const file = join(folder, 'day.csv');
    rows = await keepDay(givenFile(FILE), file);
    const key = await server.addSource('fire');
    const [, command = []] = await documentedCommands(DOCUMENT, 'import');
    const words = command.map((word) => {
      if (word === 'KEY') return key;
      return word === 'sf-fire-2020-04.csv' ? file : word;
    });
    const imported = await importCommand([...words, '--server', server.url]);
    silent.mockRestore();
    if (imported !== 0) throw new Error('the file cannot be imported');

    const context = await wallContext(browser as Browser);
    hosts = watchHosts(context);
    page = await context.newPage();
    const address = /http:\/\/localhost:8080(\/replay\/\S+?)`/.exec(
      await readFile(new URL(`../../${DOCUMENT}`, import.meta.url), 'utf8'),
    );
    await page.goto(`${server.url}${address?.[1] ?? ''}?debug`);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'plays from noon on, in a frame that says so',
    async () => {
      const shownAt = await waitUntil(
        'the replay plays',
        async () => {
          const shown = (await askWall<number>(page, 'shownAt()')) ?? 0;
          return shown > NOON && shown;
        },
        PATIENCE_MS,
      );
      expect(shownAt - NOON).toBeLessThan(PATIENCE_MS);
      await page.locator('.mode-frame.replay').waitFor({ timeout: PATIENCE_MS });
      expect(await page.locator('.mode-frame').innerText()).toContain('回放');
      expect(await page.locator('.top-bar h1').innerText()).toBe('旧金山');
    },
    2 * PATIENCE_MS,
  );

  it(
    'lists incidents that were open then, and units that were sent to them',
    async () => {
      await page.locator('.place').first().waitFor({ timeout: PATIENCE_MS });
      const places = await page.locator('li .place').allInnerTexts();
      const lines = await page.locator('li .line').allInnerTexts();
      const open = rows.filter(
        (row) =>
          at(row['Received DtTm']) < NOON + PATIENCE_MS &&
          (Number.isNaN(at(row['Available DtTm'])) || at(row['Available DtTm']) > NOON),
      );
      const addresses = new Set(open.map((row) => row['Address']));
      expect(places.length).toBeGreaterThan(2);
      expect(places.filter((place) => !addresses.has(place))).toEqual([]);
      const units = new Set(open.map((row) => row['Unit ID'] ?? ''));
      const sent = lines.flatMap((line) => line.split(/[\s·]+/)).filter((word) => units.has(word));
      expect(sent.length).toBeGreaterThan(1);
    },
    PATIENCE_MS,
  );

  it(
    'counts them on the map’s legend and on duty',
    async () => {
      const legend = await waitUntil(
        'there is a map',
        () => askWall<{ openIncidents: number }>(page, 'legend()'),
        PATIENCE_MS,
      );
      expect(legend.openIncidents).toBeGreaterThan(2);
      await page
        .locator('.legend li', { has: page.locator('.incident') })
        .first()
        .waitFor({ timeout: PATIENCE_MS });
      const officers = page.locator('li', { has: page.locator('.shape.officer') }).locator('.count');
      expect(Number(await officers.innerText())).toBeGreaterThan(10);
    },
    2 * PATIENCE_MS,
  );

  it('asks nothing of any other machine', () => {
    expect([...hosts]).toEqual([new URL(server.url).host]);
  });
});

/** Copies the rows of calls received on the tenth of April, and answers them. */
async function keepDay(from: string, to: string): Promise<readonly Row[]> {
  const rows = (parse(await readFile(from), { columns: true, bom: true }) as readonly Row[]).filter((row) =>
    (row['Received DtTm'] ?? '').startsWith('04/10/2020'),
  );
  const columns = Object.keys(rows[0] ?? {});
  const quoted = (text = ''): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(','));
  await writeFile(to, [columns.join(','), ...lines, ''].join('\n'));
  return rows;
}
