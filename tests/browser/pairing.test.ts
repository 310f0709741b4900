import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { Walls, WallStatus } from '@maplewall/shared/wire/walls.ts';
import { launchBrowser } from '../support/browser.ts';
import { askAsAdmin, ELSEWHERE, KNOWS_ELSEWHERE, shownCode } from '../support/paired-screen.ts';
import { part } from '../support/part.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { buildScreens } from '../support/wall-page.ts';

const PATIENCE_MS = 90_000;
const TEST_MS = 4 * PATIENCE_MS;
const browser: Browser | undefined = await launchBrowser(KNOWS_ELSEWHERE).catch(() => undefined);

part('screens in a browser', browser !== undefined, () => {
  let test: TestGateway;
  let adminKey = '';
  beforeAll(async () => {
    await buildScreens();
    test = await startTestGateway();
    adminKey = test.gateway.madeAdminKey ?? '';
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await test.stop();
  });

  const newPage = async (): Promise<Page> => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 960, height: 540 },
      deviceScaleFactor: 0.5,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  };
  const at = (host: string, path: string): string => `http://${host}:${test.gateway.port}${path}`;
  const asAdmin = (method: string, path: string, body?: object): Promise<Response> =>
    askAsAdmin(test.url, adminKey, method, path, body);
  const wallNamed = async (name: string): Promise<WallStatus | undefined> => {
    const { walls } = (await (await fetch(`${test.url}/api/walls`)).json()) as Walls;
    return walls.find((wall) => wall.name === name);
  };
  const isConnected = (name: string): Promise<WallStatus> =>
    waitUntil(
      `${name} is connected`,
      async () => {
        const wall = await wallNamed(name);
        return wall?.connectedSince === null ? undefined : wall;
      },
      PATIENCE_MS,
    );

  it(
    'a wall shows a code, is admitted, shows the city, says what it draws, and shows a code when that is taken back',
    async () => {
      const page = await newPage();
      await page.goto(at(ELSEWHERE, '/wall'));
      const code = await shownCode(page);
      expect(await page.locator('.pair').textContent()).toContain(at(ELSEWHERE, '/admin'));
      expect(await page.locator('main.wall').count()).toBe(0);

      const admitted = await asAdmin('POST', '/api/admin/screens/admit', { code, name: '东墙' });
      expect(admitted.status).toBe(201);
      const { id } = (await admitted.json()) as { id: string };
      await page.locator('main.wall').waitFor();
      await isConnected('东墙');

      const reported = await waitUntil(
        'it has reported',
        async () => {
          const wall = await wallNamed('东墙');
          return (wall?.report?.lastFrame ?? 0) > 0 ? wall : undefined;
        },
        PATIENCE_MS,
      );
      expect(reported.report).toMatchObject({
        view: 'whole',
        graphicsContexts: 1,
        canvasHeight: 270,
      });
      expect(reported.report?.framesDrawn).toBeGreaterThan(0);
      expect(reported.report?.heapMiB).toBeGreaterThan(1);

      await page.context().clearCookies();
      await page.reload();
      await page.locator('main.wall').waitFor();
      expect((await page.context().cookies()).map(({ name, httpOnly }) => [name, httpOnly])).toEqual([
        ['maplewall-screen', true],
      ]);
      await isConnected('东墙');

      expect((await asAdmin('DELETE', `/api/admin/screens/${id}`)).status).toBe(204);
      expect(await shownCode(page)).not.toBe(code);
      expect(await page.locator('main.wall').count()).toBe(0);
      await page.close();
    },
    TEST_MS,
  );

  it(
    'the administrator admits a screen and acknowledges an alarm on a page of her own',
    async () => {
      const page = await newPage();
      await page.goto(at(ELSEWHERE, '/pair'));
      const code = await shownCode(page);
      const key = await test.addSource('our-110');
      const event = {
        kind: 'incident.received',
        incidentId: 'J-1',
        category: 'criminal',
        priority: 1,
        lng: 120.55,
        lat: 27.58,
        place: '沿江路',
      };
      await postEvents(test.url, key, [{ key: 'k1', at: Date.now(), event }]);

      const admin = await newPage();
      await admin.goto(at(ELSEWHERE, '/admin?lang=en'));
      await admin.getByLabel('Admin key').fill('wrong');
      await admin.getByRole('button', { name: 'Enter' }).click();
      await admin.getByText('The admin key is wrong.').waitFor();
      await admin.getByLabel('Admin key').fill(adminKey);
      await admin.getByRole('button', { name: 'Enter' }).click();

      await admin.getByLabel('Code on the screen').fill(code.toLowerCase());
      await admin.getByLabel('Name', { exact: true }).fill('West wall');
      await admin.getByRole('button', { name: 'Admit' }).click();
      await page.waitForURL('**/wall');
      await isConnected('West wall');
      await admin.locator('li', { hasText: 'West wall' }).getByText('connected', { exact: true }).waitFor();

      await admin.getByLabel('Your name').fill('Lin');
      await admin.getByRole('button', { name: 'Acknowledge 沿江路' }).click();
      await admin.getByText('acknowledged by Lin at').waitFor();
      expect(test.gateway.keeper.world.incidents.get('J-1' as IncidentId)?.acknowledgedBy).toBe('Lin');

      await admin.getByLabel('Name of the layout').fill('west-1');
      await admin.getByRole('button', { name: 'Keep layout' }).click();
      await admin.getByRole('link', { name: 'west-1' }).waitFor();
      expect(await (await asAdmin('GET', '/api/layouts/west-1')).json()).toMatchObject({
        view: 'whole',
        theme: 'dark',
      });

      await admin.getByRole('button', { name: 'Revoke West wall' }).click();
      await admin.getByRole('button', { name: 'Revoke', exact: true }).click();
      expect(await shownCode(page)).not.toBe(code);
      await Promise.all([admin.close(), page.close()]);
    },
    TEST_MS,
  );
});
