import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryDayDetail } from '@maplewall/shared/wire/history.ts';
import type { StorageReport } from '@maplewall/shared/wire/storage.ts';
import { documentedCommands } from '../support/documented-commands.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { startProcess } from '../support/start-process.ts';
import { waitUntil } from '../support/wait-until.ts';

const MINUTES = ['08:15', '08:16', '08:20'];

let server: TestGateway;

describe('a day of history', () => {
  beforeAll(async () => {
    server = await startTestGateway({ timeZone: 'Asia/Shanghai' });
    const items = MINUTES.map((minute) => ({
      key: minute,
      at: `2026-11-20T${minute}:07+08:00`,
      event: { kind: 'service.completed', stationId: 'S-1', serviceCode: 'id-card', durationSeconds: 60 },
    }));
    await postEvents(server.url, await server.addSource('our-110'), items);
    await waitUntil('history has the day', async () => {
      const day = (await (await fetch(`${server.url}/api/history/2026-11-20`)).json()) as HistoryDayDetail;
      return day.minutes.length === 3 && day.minutes.every(({ bytes }) => bytes > 0);
    });
  });
  afterAll(() => server.stop());

  const verify = async (...words: readonly string[]) => {
    const settings = { DATA_DIR: server.dataDir, CITY_DIR: server.cityDir };
    const run = startProcess(['server/cli/maplewall.ts', 'history', ...words], settings);
    return { code: await run.ended, out: run.stdout(), err: run.stderr() };
  };

  it('is verified as it is documented, beside the running gateway, and nothing is found', async () => {
    const [words = [], ofDay = []] = await documentedCommands('docs/spec/segment.md', 'history');
    expect([words, ofDay]).toEqual([['verify'], ['verify', '--day', '2026-11-20']]);
    const { code, out } = await verify(...ofDay);
    expect([code, out]).toEqual([
      0,
      'segments 3 · waiting 0 · without their positions in the log 0 · faults 0\n',
    ]);
  });

  it('has what is wrong with it named by the time of the city, and verifying ends with 1', async () => {
    const history = new DatabaseSync(join(server.dataDir, 'history.db'), { timeout: 10_000 });
    history.exec(
      "UPDATE segments SET etag = 'another' WHERE minute = (SELECT min(minute) + 1 FROM segments)",
    );
    history.close();
    const { code, out } = await verify('verify');
    expect([code, out.split('\n')]).toEqual([
      1,
      [
        '2026-11-20 08:16  The bytes of the segment are not those that its hash was made of.',
        'segments 3 · waiting 0 · without their positions in the log 0 · faults 1',
        '',
      ],
    ]);
  });

  it('has to be one of the calendar to be verified', async () => {
    expect(await verify('verify', '--day', '2026-11-31')).toMatchObject({
      code: 1,
      err: '--day must be a day as 2026-11-20, not 2026-11-31.\n',
    });
  });

  it('is what the administrator is told of storage, and nobody else', async () => {
    const ask = (key: string) =>
      fetch(`${server.url}/api/admin/storage`, { headers: { authorization: `Bearer ${key}` } });
    expect((await fetch(`${server.url}/api/admin/storage`)).status).toBe(401);
    const report = await waitUntil('the day is measured', async () => {
      const answer = await ask(server.gateway.madeAdminKey ?? '');
      const said = (await answer.json()) as StorageReport;
      return said.growth === null ? undefined : said;
    });
    expect(report).toMatchObject({
      keepPositionsDays: null,
      keepSegmentsDays: null,
      thinPositions: null,
      finalMinutes: 0,
      recordsAfter: 0,
      notRight: null,
    });
    expect(report.growth).toMatchObject({ days: 1, positionsPerDay: 0, positionsAtMost: null });
    // Three events of some 200 bytes, and three segments.
    expect(report.growth?.eventsPerDay).toBeGreaterThan(300);
    expect(report.growth?.eventsPerDay).toBeLessThan(1_500);
    expect(report.growth?.historyPerDay).toBeGreaterThan(300);
    // What was known, coverage, notes and briefings are files of their own, and are counted.
    expect(report.known.bytes).toBeGreaterThan(4_096);
    expect(report.coverage.bytes).toBeGreaterThan(4_096);
    expect(report.others.bytes).toBeGreaterThan(2 * 4_096);
    expect(report.log.bytes).toBeGreaterThan(report.growth?.eventsPerDay ?? 0);
    expect(report.disk.totalBytes).toBeGreaterThanOrEqual(report.disk.freeBytes);
  });
});
