import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { BriefingList, SavedBriefing } from '@maplewall/shared/wire/saved-briefings.ts';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { askWall, buildScreens, wallContext } from '../support/wall-page.ts';

const PATIENCE_MS = 60_000;
const TEST_MS = 3 * PATIENCE_MS;
const WAIT = { timeout: PATIENCE_MS } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnight in the city, two days ago. */
const MIDNIGHT = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS - 2) * DAY_MS - 8 * 3_600_000;
const DAY = new Date(MIDNIGHT + 8 * 3_600_000).toISOString().slice(0, 10);
/** 10:00 to 10:20, with a record in each minute. */
const MORNING = MIDNIGHT + 10 * 60 * MINUTE_MS;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('a briefing, made in a replay and shown to a room, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let page: Page;
  let axe = '';
  beforeAll(async () => {
    await buildScreens();
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    server = await startTestGateway();
    const key = await server.addSource('our-110');
    await postEvents(
      server.url,
      key,
      Array.from({ length: 21 }, (_, minute) => ({
        key: `incident ${minute}`,
        at: MORNING + minute * MINUTE_MS,
        event: {
          kind: 'incident.received',
          incidentId: `J${minute}`,
          category: 'help',
          priority: 1 + (minute % 4),
          lng: 120.5 + minute / 100,
          lat: 27.5,
          place: '新美路',
        },
      })),
    );
    const context = await wallContext(browser as Browser);
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  const button = (name: string | RegExp, at: Page | Locator = page): Locator =>
    at.getByRole('button', { name, exact: true });
  const cards = (): Locator => page.locator('.card');
  const notes = async (): Promise<readonly string[]> =>
    Promise.all((await cards().getByLabel('Note').all()).map((field) => field.inputValue()));
  const titleNow = (): Promise<string> => page.getByLabel('Title').inputValue();
  async function openTool(): Promise<void> {
    await button('Scenes').click();
    await button('Add scene').waitFor();
  }
  async function violations(): Promise<readonly string[]> {
    await page.evaluate(axe);
    const results = await page.evaluate<AxeResults>(
      `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`,
    );
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  }
  const newest = async (): Promise<SavedBriefing> => {
    const { briefings } = (await (await fetch(`${server.url}/api/briefings`)).json()) as BriefingList;
    return (await (
      await fetch(`${server.url}/api/briefings/${briefings[0]?.id ?? ''}`)
    ).json()) as SavedBriefing;
  };
  /** A briefing that is there already. */
  async function saved(title: string, scenes: readonly Scene[]): Promise<string> {
    const answer = await fetch(`${server.url}/api/briefings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.gateway.madeAdminKey ?? ''}`,
      },
      body: JSON.stringify({ title, scenes }),
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as SavedBriefing).id;
  }
  const sceneAt = (minute: number, note: string): Scene => ({
    at: epochMs(MORNING + minute * MINUTE_MS),
    bounds: { west: 120.45, south: 27.45, east: 120.7, north: 27.6 },
    layers: ['incidents', 'labels'],
    speed: 1,
    seconds: 1,
    note,
    marks: note === '' ? [] : [{ lng: 120.5, lat: 27.52, text: 'post' }],
  });
  const saveElsewhere = async ({ id }: SavedBriefing, body: object): Promise<number> => {
    const answer = await fetch(`${server.url}/api/briefings/${id}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.gateway.madeAdminKey ?? ''}`,
      },
      body: JSON.stringify(body),
    });
    return answer.status;
  };

  it(
    'is made of moments and views, put in order by hand and by keys, and is there again when the page is loaded again',
    async () => {
      await page.goto(`${server.url}/replay/${DAY}/10:05?lang=en&debug&speed=0.25`, { waitUntil: 'commit' });
      await page.locator('.time-line .mark').nth(1).waitFor();
      await button('pause').click();
      await expect.poll(() => askWall(page, 'stats()'), WAIT).toBeTruthy();
      await openTool();
      await page.getByLabel('Title').fill('Morning');
      await button('Add scene').click();
      await cards().nth(0).getByLabel('Note').fill('first');
      await cards().nth(0).getByLabel('Seconds').fill('1');
      await page.evaluate('document.activeElement.blur()');
      await page.keyboard.press('n');
      await expect
        .poll(async () => (await askWall<number>(page, 'shownAt()')) ?? 0, WAIT)
        .toBe(MORNING + 6 * MINUTE_MS);
      await button('Add scene').click();
      await cards().nth(1).getByLabel('Note').fill('second');
      await cards().nth(1).getByLabel('Seconds').fill('1');
      await button('Mark', cards().nth(1)).click();
      const map = (await page.locator('.map canvas').first().boundingBox()) ?? {
        x: 0,
        y: 0,
        width: 0,
        height: 0,
      };
      await page.mouse.click(map.x + map.width * 0.55, map.y + map.height * 0.5);
      await page.getByLabel('Words of mark 1').fill('post');
      await page.getByLabel('Words of mark 1').press('Tab');

      await button('Move scene 2 up').press('Enter');
      await expect.poll(notes, WAIT).toEqual(['second', 'first']);
      // At the top only the way down is left to be pressed.
      await expect.poll(() => page.evaluate('document.activeElement.className'), WAIT).toBe('down');
      await cards().nth(1).locator('.grip').dragTo(cards().nth(0).locator('.head'));
      await expect.poll(notes, WAIT).toEqual(['first', 'second']);
      await page.getByText('Not saved').waitFor();
      expect(await violations()).toEqual([]);

      await page.reload({ waitUntil: 'commit' });
      await openTool();
      expect(await notes()).toEqual(['first', 'second']);
      await page.getByText('Not saved').waitFor();
    },
    TEST_MS,
  );

  it(
    'is saved with the admin key, and a save after somebody else’s loses neither',
    async () => {
      await button('Save').click();
      await page.getByLabel('Admin key').fill('wrong');
      await button('Go on').click();
      await page.getByText('The admin key is wrong.').waitFor();
      await page.getByLabel('Admin key').fill(server.gateway.madeAdminKey ?? '');
      await button('Go on').click();
      await page.getByText('Saved as version 1').waitFor();
      const kept = await newest();
      expect(kept).toMatchObject({
        title: 'Morning',
        version: 1,
        scenes: [
          { note: 'first', seconds: 1, speed: 0.25, marks: [] },
          { note: 'second', at: MORNING + 6 * MINUTE_MS, marks: [{ text: 'post' }] },
        ],
      });
      const { title, scenes } = kept;
      expect(await saveElsewhere(kept, { title: `${title} of another`, scenes, basedOn: 1 })).toBe(200);
      await cards().nth(0).getByLabel('Note').fill('mine');
      await button('Save').click();
      await page.getByText('Somebody else saved version 2').waitFor();
      await button('Save as a new briefing').click();
      await page.getByText('Saved as version 1').waitFor();
      const list = (await (await fetch(`${server.url}/api/briefings`)).json()) as BriefingList;
      expect(list.briefings.map((each) => each.title).toSorted()).toEqual(['Morning', 'Morning of another']);

      await button('Open another').click();
      await page
        .locator('.picker li', { hasText: 'Morning of another' })
        .getByRole('button', { name: 'Open' })
        .click();
      await expect.poll(titleNow, WAIT).toBe('Morning of another');
      await button('Versions').click();
      await page
        .locator('.picker li', { hasText: 'Version 1' })
        .getByRole('button', { name: 'Open' })
        .click();
      await expect.poll(titleNow, WAIT).toBe('Morning');
      await button('Save').click();
      await page.getByText('Saved as version 3').waitFor();
    },
    TEST_MS,
  );

  it(
    'gives each scene as a picture of 3840 × 2160 pixels with the frame of a replay',
    async () => {
      await saved('Picture', [sceneAt(6, 'second')]);
      // A pixel of this screen is a pixel of the picture: with larger ones the browser would draw a city of four times the size.
      const sharp = await (browser as Browser).newPage({ viewport: { width: 1_280, height: 720 } });
      sharp.setDefaultTimeout(TEST_MS);
      await sharp.goto(`${server.url}/replay/${DAY}/10:06?lang=en&speed=0.25`, { waitUntil: 'commit' });
      await button('Scenes', sharp).click();
      await button('Open another', sharp).click();
      await sharp.locator('.picker li', { hasText: 'Picture' }).getByRole('button', { name: 'Open' }).click();
      const [download] = await Promise.all([
        sharp.waitForEvent('download'),
        button('Picture', sharp.locator('.card')).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${DAY} 100600.png`);
      const bytes = await readFile(await download.path());
      const decoded = await sharp.evaluate<{
        width: number;
        height: number;
        colours: number;
        frames: number;
      }>(
        `(async () => {
          const answer = await fetch('data:image/png;base64,${bytes.toString('base64')}');
          const { width, height, ...rest } = await createImageBitmap(await answer.blob()).then((bitmap) => {
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
            const context = canvas.getContext('2d');
            context.drawImage(bitmap, 0, 0);
            const at = (x, y) => context.getImageData(x, y, 1, 1).data.join();
            const inner = context.getImageData(400, 400, 2000, 1300).data;
            const colours = new Set();
            for (let byte = 0; byte < inner.length; byte += 4 * 97)
              colours.add(inner.slice(byte, byte + 3).join());
            const { width, height } = bitmap;
            const frames = new Set([at(5, 5), at(width - 5, 900), at(1900, height - 5), at(5, height - 5)]);
            return { width, height, colours: colours.size, frames: frames.size };
          });
          return { width, height, ...rest };
        })()`,
      );
      expect(decoded).toMatchObject({ width: 3_840, height: 2_160, frames: 1 });
      expect(decoded.colours).toBeGreaterThan(8);
      await sharp.close();
    },
    TEST_MS,
  );

  it(
    'is presented scene after scene by the keys of a clicker, says what history lacks, and plays by itself to the end',
    async () => {
      const id = await saved('Evening', [sceneAt(5, 'first'), sceneAt(6, 'second'), sceneAt(300, '')]);
      const where = (number: number): Locator => page.getByText(`scene ${number} of 3`);

      await page.goto(`${server.url}/briefing/${id}?lang=en`, { waitUntil: 'commit' });
      await where(1).waitFor();
      await page.locator('.briefing .map canvas').first().waitFor();
      await page.locator('.mode-frame').getByText('REPLAY').waitFor();
      await page.locator('.note').getByText('first').waitFor();
      await expect.poll(() => page.locator('.moment b').innerText(), WAIT).toMatch(/^10:05/);
      expect(await violations()).toEqual([]);
      await page.keyboard.press('PageDown');
      await where(2).waitFor();
      await expect.poll(() => page.locator('.moment b').innerText(), WAIT).toMatch(/^10:06/);
      await page.keyboard.press('b');
      await page.locator('.black').waitFor();
      // Black or not, nobody may take it for live.
      await page.locator('.mode-frame').getByText('REPLAY').waitFor();
      await page.keyboard.press('b');
      await page.locator('.black').waitFor({ state: 'detached' });
      await page.keyboard.press('PageUp');
      await where(1).waitFor();
      await page.keyboard.press('End');
      await where(3).waitFor();
      await page.getByText('There are no records after').waitFor();
      expect(new URL(page.url()).searchParams.get('scene')).toBe('3');

      await page.goto(`${server.url}/briefing/${id}?lang=en&auto&theme=light`, { waitUntil: 'commit' });
      await where(1).waitFor();
      await where(3).waitFor();
      await page.getByText('end of the briefing').waitFor();

      await page.goto(`${server.url}/briefing/nobody?lang=en`, { waitUntil: 'commit' });
      await page.getByText('There is no such briefing.').waitFor();
    },
    TEST_MS,
  );
});
