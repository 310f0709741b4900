import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { askWall, buildScreens, wallContext } from '../support/wall-page.ts';

const PATIENCE_MS = 90_000;
const TEST_MS = 2 * PATIENCE_MS;
const WAIT = { timeout: PATIENCE_MS } as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnight in the city, two days ago. */
const MIDNIGHT = Math.floor((Date.now() + 8 * 3_600_000) / DAY_MS - 2) * DAY_MS - 8 * 3_600_000;
const DAY = new Date(MIDNIGHT + 8 * 3_600_000).toISOString().slice(0, 10);
/** 10:00 to 10:20, with a record in each minute. */
const MORNING = MIDNIGHT + 10 * 60 * MINUTE_MS;
const LAST = MORNING + 20 * MINUTE_MS;
const INCIDENTS = [MORNING + 5 * MINUTE_MS, MORNING + 12 * MINUTE_MS];
const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('a replay that is played by hand, in a browser', browser !== undefined, () => {
  let server: TestGateway;
  let page: Page;
  beforeAll(async () => {
    await buildScreens();
    server = await startTestGateway();
    const key = await server.addSource('our-110');
    const minutes = Array.from({ length: 21 }, (_, minute) => MORNING + minute * MINUTE_MS);
    await postEvents(server.url, key, [
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
      ...INCIDENTS.map((at, index) => ({
        key: `incident ${index}`,
        at,
        event: {
          kind: 'incident.received',
          incidentId: `J${index}`,
          category: 'help',
          priority: index + 1,
          lng: 120.56,
          lat: 27.54,
          place: '新美路',
        },
      })),
    ]);
    const context = await wallContext(browser as Browser);
    context.setDefaultTimeout(PATIENCE_MS);
    page = await context.newPage();
    await page.goto(`${server.url}/replay/${DAY}/10:01?lang=en&debug&speed=0.25`, { waitUntil: 'commit' });
    await page.locator('.time-line .mark').nth(1).waitFor();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  /** Seconds since 10:00. */
  const shown = async (): Promise<number> =>
    ((await askWall<number>(page, 'shownAt()')) ?? 0) / 1_000 - MORNING / 1_000;
  const pause = async (): Promise<void> => {
    const button = page.getByRole('button', { name: 'pause' });
    if ((await button.count()) > 0) await button.click();
    await page.getByRole('button', { name: 'play' }).waitFor();
    // Keys are for the page, not for the button.
    await page.locator('body').press('Escape');
    await page.evaluate('document.activeElement.blur()');
  };

  it(
    'begins at the speed that the address names, and goes faster and slower by keys',
    async () => {
      const pressed = () => page.locator('.speeds [aria-pressed="true"]').innerText();
      expect(await pressed()).toBe('× ¼');
      await page.keyboard.press('l');
      await expect.poll(pressed, WAIT).toBe('× 1');
      await page.keyboard.press('<');
      await expect.poll(pressed, WAIT).toBe('× ¼');
    },
    TEST_MS,
  );

  it(
    'marks the panels that tell what is known now, while all else is as it was known then',
    async () => {
      const marks = page.locator('.as-of', { hasText: 'as known now' });
      const then = page.getByRole('button', { name: 'As known then' });
      expect(await marks.count()).toBe(0);
      await then.click();
      await marks.nth(1).waitFor();
      await then.click();
      await expect.poll(() => marks.count(), WAIT).toBe(0);
    },
    TEST_MS,
  );

  it(
    'goes from incident to incident, and second by second',
    async () => {
      await pause();
      await page.keyboard.press('n');
      await expect
        .poll(async () => Math.round(await shown()), WAIT)
        .toBe((INCIDENTS[0] ?? 0) / 1_000 - MORNING / 1_000);
      await page.keyboard.press('n');
      await expect.poll(async () => Math.round(await shown()), WAIT).toBe(12 * 60);
      await page.keyboard.press('.');
      await page.keyboard.press('.');
      await page.keyboard.press('.');
      await expect.poll(async () => Math.round(await shown()), WAIT).toBe(12 * 60 + 3);
      await page.keyboard.press('p');
      await expect.poll(async () => Math.round(await shown()), WAIT).toBe(12 * 60);
      await page.keyboard.press('Shift+ArrowLeft');
      await expect.poll(async () => Math.round(await shown()), WAIT).toBe(11 * 60);
      // From event to event: somebody checks in at each minute, which is seen within the second after it.
      for (const [key, second] of [
        ['ArrowDown', 661],
        ['ArrowDown', 721],
        ['ArrowUp', 661],
      ] as const) {
        await page.keyboard.press(key);
        await expect.poll(async () => Math.round(await shown()), WAIT).toBe(second);
      }
      const before = await shown();
      await page.keyboard.press('j');
      await expect.poll(shown, WAIT).toBeLessThan(before - 1);
      await page.keyboard.press('k');
    },
    TEST_MS,
  );

  it(
    'keeps a note at the moment shown, as a flag that leads back there, until it is removed',
    async () => {
      await pause();
      const moment = await shown();
      await page.getByRole('button', { name: 'Notes' }).click();
      const drawer = page.locator('.drawer');
      await drawer.getByLabel('Admin key').fill(server.gateway.madeAdminKey ?? '');
      await drawer.getByRole('button', { name: 'Write notes' }).click();
      await drawer.getByLabel('Note at').fill('second post empty');
      // Escape leaves the field and keeps what was written.
      await page.keyboard.press('Escape');
      expect(await drawer.getByLabel('Note at').inputValue()).toBe('second post empty');
      expect(await drawer.getByLabel('Close').evaluate((button) => button.matches(':focus'))).toBe(true);
      await drawer.getByRole('button', { name: 'Add' }).click();
      const flag = page.locator('.time-line .flag');
      await flag.waitFor();
      await drawer.getByRole('button', { name: 'Change' }).click();
      await drawer.getByLabel('Text of the note').fill('second post held again');
      await drawer.getByRole('button', { name: 'Keep' }).click();
      await drawer.locator('li p', { hasText: 'held again' }).waitFor();
      expect(await flag.getAttribute('title')).toMatch(/ second post held again$/);
      // Keys that are written into a note do not move the replay.
      expect(await shown()).toBe(moment);
      await page.locator('.speeds button').first().focus();
      await page.keyboard.press('n');
      await expect.poll(shown, WAIT).not.toBe(moment);
      await flag.dispatchEvent('pointerdown');
      await expect.poll(shown, WAIT).toBe(moment);
      await drawer.getByRole('button', { name: 'Remove' }).click();
      await flag.waitFor({ state: 'detached' });
      await drawer.getByRole('button', { name: 'Close' }).click();
    },
    TEST_MS,
  );

  it(
    'follows the finger along the line, nearer by the wheel, and hatches what history lacks',
    async () => {
      await pause();
      const line = page.locator('.time-line .band');
      const box = (await line.boundingBox()) ?? { x: 0, y: 0, width: 1, height: 1 };
      const y = box.y + box.height / 2;
      const xOf = (at: number): number => box.x + (box.width * (at - MIDNIGHT)) / DAY_MS;
      // Two gaps: the night before and the rest of the day.
      expect(await page.locator('.time-line .gap').count()).toBe(2);
      await page.mouse.move(xOf(MORNING), y);
      await page.mouse.down();
      await page.mouse.move(xOf(LAST), y, { steps: 4 });
      await page.mouse.up();
      const minutesPerPixel = DAY_MS / MINUTE_MS / box.width;
      await expect
        .poll(async () => Math.abs((await shown()) / 60 - 20), WAIT)
        // The picture itself moves by some pixels in the course of a day, so that nothing burns in.
        .toBeLessThanOrEqual(6 * minutesPerPixel);
      const ticks = () => page.locator('.time-line .tick').allInnerTexts();
      expect(await ticks()).toContain('12:00');
      await page.mouse.move(xOf(MORNING), y);
      for (let notch = 0; notch < 14; notch += 1) await page.mouse.wheel(0, -100);
      await expect.poll(ticks, WAIT).toContain('10:00');
      expect((await ticks()).length).toBeLessThanOrEqual(13);
      expect(await ticks()).not.toContain('12:00');
    },
    TEST_MS,
  );

  it(
    'plays two stretches side by side, which show the same time since they began whichever line is touched',
    async () => {
      await page.goto(`${server.url}/compare/${DAY}T10:00/${DAY}T10:10?lang=en&seconds=600`, {
        waitUntil: 'commit',
      });
      const clocks = () => page.locator('.side .moment b').allInnerTexts();
      const secondsApart = async (): Promise<number> => {
        const [one = 0, other = 0] = (await clocks()).map((clock) => {
          const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
          return hours * 3_600 + minutes * 60 + seconds;
        });
        return other - one;
      };
      await page.locator('.side .map canvas').nth(1).waitFor();
      await page.getByRole('button', { name: 'pause' }).click();
      await expect.poll(secondsApart, WAIT).toBe(600);
      const line = page.locator('.side .time-line').first();
      const box = (await line.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await expect.poll(async () => (await clocks()).join(), WAIT).toMatch(/^10:0[45]:\d\d,10:1[45]:/);
      await expect.poll(secondsApart, WAIT).toBe(600);
      await page.getByRole('button', { name: '10 seconds on' }).click();
      await expect.poll(secondsApart, WAIT).toBe(600);
      // One camera: what the wheel does to the second map is done to the first.
      const views = () =>
        Promise.all([0, 1].map((side) => page.locator('.side .map').nth(side).getAttribute('data-view')));
      const middles = async () =>
        (await views()).map((view) => {
          const [west = 0, south = 0, east = 0, north = 0] = (view ?? '').split(',').map(Number);
          return [(west + east) / 2, (south + north) / 2] as const;
        });
      const [, before] = await views();
      const place = (await page.locator('.side .map').nth(1).boundingBox()) ?? {
        x: 0,
        y: 0,
        width: 0,
        height: 0,
      };
      await page.mouse.move(place.x + place.width / 4, place.y + place.height / 4);
      await page.mouse.wheel(0, -600);
      await expect.poll(async () => (await views())[1], WAIT).not.toBe(before);
      await expect
        .poll(async () => {
          const [one = [0, 0], other = [1, 1]] = await middles();
          return Math.hypot(one[0] - other[0], one[1] - other[1]);
        }, WAIT)
        .toBeLessThan(0.002);
    },
    TEST_MS,
  );

  it(
    'keeps the mask that a key put on when the wall is rewound, back at live and loaded again, closes the notes meanwhile, and takes no letter of a note for that key',
    async () => {
      const isMasked = (): Promise<boolean> => page.locator('.wall p.visitor').isVisible();
      await page.goto(`${server.url}/wall?lang=en&debug`, { waitUntil: 'commit' });
      await page.locator('.event-line').waitFor();
      await page.keyboard.press('v');
      await expect.poll(isMasked, WAIT).toBe(true);
      await page.getByRole('button', { name: '30 s back' }).click();
      await page.getByRole('button', { name: 'Notes' }).click();
      expect(await isMasked()).toBe(true);
      expect(await page.locator('.drawer').locator('input, textarea, li').count()).toBe(0);
      expect(await page.locator('.drawer').textContent()).toContain('Closed while visitors look on');
      await page.getByRole('link', { name: 'live' }).click();
      await page.getByRole('button', { name: '30 s back' }).waitFor();
      expect(await isMasked()).toBe(true);
      await page.goto(`${server.url}/wall?lang=en`, { waitUntil: 'commit' });
      await expect.poll(isMasked, WAIT).toBe(true);
      await page.getByRole('button', { name: '30 s back' }).click();
      await page.getByRole('link', { name: 'live' }).waitFor();
      expect(page.url()).toContain('visitor=on');

      await page.keyboard.press('v');
      await expect.poll(isMasked, WAIT).toBe(false);
      await page.getByRole('link', { name: 'live' }).click();
      await page.getByRole('button', { name: '30 s back' }).waitFor();
      await page.reload({ waitUntil: 'commit' });
      await page.locator('.event-line').waitFor();
      expect(await isMasked()).toBe(false);
      await page.getByRole('button', { name: '30 s back' }).click();
      await page.getByRole('button', { name: 'Notes' }).click();
      // The field of the key, or of the note where an earlier step left the key.
      await page.locator('.drawer').locator('input, textarea').first().pressSequentially('vFv');
      expect(await isMasked()).toBe(false);
      expect(await page.evaluate('document.fullscreenElement')).toBe(null);
    },
    TEST_MS,
  );
});
