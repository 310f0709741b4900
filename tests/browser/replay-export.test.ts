import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents, postFixes } from '../support/post-events.ts';
import { readFilm } from '../support/read-film.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { askWall, buildScreens, mapIsIdle, wallContext } from '../support/wall-page.ts';

const PATIENCE_MS = 120_000;
const TEST_MS = 2 * PATIENCE_MS;
const EVERY_PICTURE_MS = 2_400_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnight in the city, two days ago. */
const MIDNIGHT = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS - 2) * DAY_MS - 8 * 3_600_000;
const DAY = new Date(MIDNIGHT + 8 * 3_600_000).toISOString().slice(0, 10);
/** 10:00 to 10:10, with a record in each minute. */
const MORNING = MIDNIGHT + 10 * 60 * MINUTE_MS;
const SPEED = 60;
const RATE = 25;
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('a passage of a replay as a film and as files, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
    await tenMinutes(server);
    context = await wallContext(browser as Browser);
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
    await page.goto(`${server.url}/replay/${DAY}/10:05?lang=en&debug`, { waitUntil: 'commit' });
    await page.locator('.time-line .mark').first().waitFor();
    await page.getByRole('button', { name: 'pause' }).click();
    await page.getByRole('button', { name: 'play', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.locator('.film').waitFor();
    await mapIsIdle(page, PATIENCE_MS);
  }, 400_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  const shownAt = () => askWall<number>(page, 'shownAt()');
  const downloaded = async (act: () => Promise<void>): Promise<Download> => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    return download;
  };
  const bytesOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

  /** Chooses a passage round 10:05 on the line, of a share of it to each side; its beginning and length in seconds. */
  async function choosePassage(share: number): Promise<{ readonly from: number; readonly seconds: number }> {
    const box = await page.locator('.time-line').boundingBox();
    if (box === null) throw new Error('there is no line');
    const middle = box.x + (box.width * (10 * 60 + 5)) / (24 * 60);
    const y = box.y + box.height / 2;
    // All of the day, whatever was looked at before.
    await page.mouse.dblclick(middle, y);
    await page.mouse.move(middle, y);
    for (let notch = 0; notch < 20; notch += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.down('Shift');
    await page.mouse.move(middle - box.width * share, y);
    await page.mouse.down();
    await page.mouse.move(middle + box.width * share, y, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const words = await page.locator('.range').innerText();
    const [from = 0, to = 0] = [...words.matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(
      ([, hours, minutes, seconds]) => Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds),
    );
    return { from: MIDNIGHT + from * 1_000, seconds: to - from };
  }

  it(
    'refuse in the sentence of the gateway what is too long, and ask for the admin key where people’s ways are taken away',
    async () => {
      const incidents = await downloaded(() =>
        page.getByRole('button', { name: 'Download Incidents as CSV' }).click(),
      );
      expect(incidents.suggestedFilename()).toMatch(/incidents.*\.csv$/);
      expect((await bytesOf(incidents)).toString()).toContain('新美路');
      await page.getByRole('button', { name: 'Download Positions as CSV' }).click();
      await page.getByLabel('Admin key').fill('another-key');
      await page.getByRole('button', { name: 'Download CSV', exact: true }).click();
      await page.locator('.files [role=alert]', { hasText: 'The admin key is wrong.' }).waitFor();
      await page.getByLabel('Admin key').fill(server.gateway.madeAdminKey ?? '');
      const positions = await downloaded(() =>
        page.getByRole('button', { name: 'Download CSV', exact: true }).click(),
      );
      expect((await bytesOf(positions)).toString().split('\r\n').length).toBeGreaterThan(60);
      await page.getByLabel('Admin key').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Download Replay offline as HTML' }).click();
      await page.locator('.files [role=alert]', { hasText: '12 hours are the most' }).waitFor();
    },
    TEST_MS,
  );

  /** Makes a film of the passage that is chosen, and looks at the number of frames, their times and three of them. */
  async function filmAndLook(seconds: number, speed: number): Promise<void> {
    const planned = Math.ceil((seconds / speed) * RATE);
    const stood = await shownAt();
    await page.getByLabel('Speed').selectOption(`${speed} ×`);
    await page.getByLabel('Picture').selectOption('720p');
    await page.getByLabel('Frames a second').selectOption(String(RATE));
    expect(await page.locator('.film').innerText()).toContain(`${planned} frames`);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: EVERY_PICTURE_MS }),
      page.getByRole('button', { name: 'Make the video' }).click(),
    ]);
    await page.locator('.film [role=status]', { hasText: `${planned} frames` }).waitFor();
    await expect.poll(shownAt, { timeout: PATIENCE_MS }).toBe(stood);
    await page.getByRole('button', { name: 'play', exact: true }).waitFor();
    expect(download.suggestedFilename()).toMatch(/_film\.(mp4|webm)$/);

    const sampled = [0, Math.floor(planned / 2), planned - 1];
    const film = await readFilm(
      context,
      server.url,
      await bytesOf(download),
      sampled.map((frame) => frame / RATE),
    );
    expect([film.width, film.height]).toEqual([1_280, 720]);
    expect(film.starts.length).toBe(planned);
    film.starts.forEach((start, frame) => expect(start).toBeCloseTo(frame / RATE, 2));
    film.frames.forEach(({ share, edge: [red, green, blue] }, index) => {
      // A frame of a short film is a hundredth of the bar or more, so that a step beside the right one would show; of a long one the
      // bar's own pixels are the finest.
      const moment = ((sampled[index] ?? 0) * speed) / RATE / seconds;
      expect(Math.abs(share - moment)).toBeLessThan(Math.max(0.5 / planned, 0.002));
      // The colour of a replay, all round the picture.
      expect(Math.min(red, blue)).toBeGreaterThan(green + 20);
    });
    const [first, middle, last] = film.frames.map(({ fields }) => fields);
    for (const fields of [first, middle, last])
      expect(Math.max(...(fields ?? [])) - Math.min(...(fields ?? []))).toBeGreaterThan(30);
    // Somebody walks through the picture meanwhile.
    const change = (a: readonly number[] = [], b: readonly number[] = []): number =>
      Math.max(...a.map((value, field) => Math.abs(value - (b[field] ?? 0))));
    expect(change(first, middle)).toBeGreaterThan(10);
    expect(change(middle, last)).toBeGreaterThan(10);
  }

  it(
    'film every frame at its own moment, at even times, and leave the replay where it was',
    async () => {
      const { seconds } = await choosePassage(0.1);
      expect(seconds).toBeGreaterThan(60);
      await filmAndLook(seconds, SPEED);
    },
    TEST_MS,
  );

  // It draws some 1,500 pictures, which takes minutes on processors alone.
  if (process.env['EVERY_PICTURE'] === '1')
    it(
      'make a film of a minute, of some 1,500 frames, none of them dropped',
      async () => {
        const { seconds } = await choosePassage(0.066);
        expect(seconds).toBeGreaterThanOrEqual(58);
        await filmAndLook(seconds, 1);
      },
      EVERY_PICTURE_MS,
    );

  it(
    'can be stopped, after which there is no film and the replay is where it was',
    async () => {
      const stood = await shownAt();
      await page.getByLabel('Speed').selectOption('1 ×');
      await page.getByRole('button', { name: 'Make the video' }).click();
      await page.locator('.film .figures', { hasText: 'left' }).waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.locator('.film [role=status]', { hasText: 'Cancelled' }).waitFor();
      await expect.poll(shownAt, { timeout: PATIENCE_MS }).toBe(stood);
    },
    TEST_MS,
  );

  it(
    'say why where the browser cannot, and have no violation of WCAG 2.2 AA by axe-core in the dark and in the light',
    async () => {
      await page.evaluate('delete window.VideoEncoder');
      await page.getByRole('button', { name: 'Make the video' }).click();
      await page.locator('.film [role=alert]', { hasText: 'cannot encode video' }).waitFor();
      await page.getByRole('button', { name: 'Download Positions as GPX' }).waitFor();
      await page.evaluate(
        await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
      );
      for (const theme of ['dark', 'light']) {
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        const results = await page.evaluate<AxeResults>(
          `axe.run('.drawer', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })`,
        );
        expect(results.passes.length).toBeGreaterThan(0);
        expect(
          results.violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join()}`),
        ).toEqual([]);
      }
    },
    TEST_MS,
  );
});

/** Ten minutes in which somebody walks, and something happens. */
async function tenMinutes({ url, addSource }: TestGateway): Promise<void> {
  const key = await addSource('our-110');
  const minutes = Array.from({ length: 11 }, (_, minute) => MORNING + minute * MINUTE_MS);
  await postEvents(url, key, [
    ...minutes.map((at, index) => ({
      key: `in ${index}`,
      at,
      event: {
        kind: 'responder.checkedIn',
        responderId: `R${index}`,
        responderKind: 'officer',
        callSign: `R${index}`,
      },
    })),
    {
      key: 'incident',
      at: MORNING + 5 * MINUTE_MS,
      event: {
        kind: 'incident.received',
        incidentId: 'J1',
        category: 'help',
        priority: 1,
        lng: 120.56,
        lat: 27.54,
        place: '新美路',
      },
    },
  ]);
  const fixes = minutes.flatMap((at, minute) =>
    Array.from({ length: 6 }, (_, step) => ({
      responderId: 'R0',
      lng: 120.5 + (minute * 6 + step) * 0.002,
      lat: 27.54,
      fixAt: at + step * 10_000,
    })),
  );
  await postFixes(url, key, fixes);
}
