import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@maplewall/mock/seeded-random.ts';
import { launchBrowser } from '../support/browser.ts';
import { median, quantile, type Bench, type Figures } from './bench.ts';
import type { Sought } from '@maplewall/client/fixtures/play/play-page.ts';
import { PlayerPage } from './play/player-page.ts';
import { serveDay } from './play/serve-day.ts';
import { askRows, askSegment, checkSeeks, type Asked } from './seek/ask.ts';
import { buildDay, DAY_STARTS_AT_SECONDS } from './seek/build-day.ts';
import { openServers } from './seek/servers.ts';

const MINUTES_OF_A_DAY = 1_440;
const QUICK_MINUTES = 30;
const SEEKS = 400;
const QUICK_SEEKS = 40;
const CHECKED = 40;
const QUICK_CHECKED = 10;
const SEED = 20_261_123;

/**
 * serverP99Ms, speedupToRows   what the server does from the question to the bytes of its answer, without HTTP
 * withDecoding…                the same, and what the screen does until it knows everybody's place
 * client…                      as on the wall, in a browser: the wish, HTTP, the thread that decodes, the client's world
 * drawn…                       the same to the end of the drawing of the product's map, for which the next picture is waited
 * firstDrawnMs                 the first of a page that has just been opened: which minutes there are, and the thread itself
 * bytesPerFix, sizeRatio…      files of SQLite: history.db against the rows with their index
 * …ClusteredRows               the peer is the tightest form of rows: one tree, whole numbers, nothing else
 *
 * The segment is also the rest of its minute, ready to be played; the rows are that one moment only.
 */
export const bench: Bench = {
  name: 'seek',
  what: 'any second of a day of 2,568 people and 44 million fixes: minute segments against a row for each fix with an index over responder and time',
  goals: {
    serverP99Ms: { max: 5 },
    drawnP99Ms: { max: 150 },
    bytesPerFix: { max: 2 },
    speedupToRows: { min: 40 },
    sizeRatioToRows: { min: 25 },
  },
  start: async ({ quick }) => {
    const minutes = quick ? QUICK_MINUTES : MINUTES_OF_A_DAY;
    if (quick)
      console.log(`--quick: ${QUICK_MINUTES} minutes of the day; rows are searched faster in so few`);
    const random = seededRandom(SEED, 'seeks');
    const anySecond = (): number => random.below(minutes * 60);
    const checked = new Set(Array.from({ length: quick ? QUICK_CHECKED : CHECKED }, anySecond));
    const folder = await mkdtemp(join(tmpdir(), 'maplewall-seek-'));
    const clearUp = (): Promise<void> => rm(folder, { recursive: true, force: true });
    const { day, servers } = await prepare(folder, minutes, checked).catch(async (error: unknown) => {
      await clearUp();
      throw error;
    });
    const served = await serveDay(servers, folder);
    const browser = await launchBrowser();
    return {
      run: async (): Promise<Figures> => {
        // A page of its own for each run: it has nothing of the day yet.
        const page = await PlayerPage.open(browser, served.url, {
          at: DAY_STARTS_AT_SECONDS * 1_000,
          map: true,
        });
        const seekInPage = (): Promise<Sought> => page.seek((DAY_STARTS_AT_SECONDS + anySecond()) * 1_000);
        const firstSought = await seekInPage();
        const ours = new Times();
        const indexed = new Times();
        const clustered = new Times();
        for (let seek = quick ? QUICK_SEEKS : SEEKS; seek > 0; seek -= 1) {
          const second = anySecond();
          ours.add(await askSegment(servers, second));
          indexed.add(askRows(servers, 'indexed', second));
          clustered.add(askRows(servers, 'clustered', second));
        }
        const sought: Sought[] = [];
        for (let seek = quick ? QUICK_SEEKS : SEEKS; seek > 0; seek -= 1) sought.push(await seekInPage());
        await page.close();
        const clientMs = sought.map(({ appliedMs }) => appliedMs);
        const drawnMs = sought.map((each) => each.drawnMs);
        const { bytes, fixes } = day;
        return {
          serverP99Ms: quantile(ours.serverMs, 0.99),
          drawnP99Ms: quantile(drawnMs, 0.99),
          bytesPerFix: bytes.segments / fixes,
          speedupToRows: median(indexed.serverMs) / median(ours.serverMs),
          sizeRatioToRows: bytes.indexed / bytes.segments,
          serverP50Ms: median(ours.serverMs),
          rowsServerP50Ms: median(indexed.serverMs),
          rowsServerP99Ms: quantile(indexed.serverMs, 0.99),
          clientP50Ms: median(clientMs),
          clientP99Ms: quantile(clientMs, 0.99),
          drawnP50Ms: median(drawnMs),
          firstDrawnMs: firstSought.drawnMs,
          withDecodingP50Ms: median(ours.totalMs),
          withDecodingP99Ms: quantile(ours.totalMs, 0.99),
          speedupToRowsWithDecoding: median(indexed.totalMs) / median(ours.totalMs),
          speedupToClusteredRows: median(clustered.serverMs) / median(ours.serverMs),
          sizeRatioToClusteredRows: bytes.clustered / bytes.segments,
          answerBytes: median(ours.bytes),
          answerBytesOfRows: median(indexed.bytes),
          fixes,
        };
      },
      stop: async () => {
        await browser.close();
        await served.stop();
        await servers.stop();
        await clearUp();
      },
    };
  },
};

async function prepare(folder: string, minutes: number, checked: ReadonlySet<number>) {
  const began = performance.now();
  const day = await buildDay(folder, minutes, checked, (line) =>
    console.log(`${Math.round((performance.now() - began) / 1_000)} s: ${line}`),
  );
  const servers = await openServers(folder, day);
  await checkSeeks(servers, day);
  console.log(`${day.truths.size} seeks of each way checked against the truth, all right`);
  return { day, servers };
}

class Times {
  readonly serverMs: number[] = [];
  readonly totalMs: number[] = [];
  readonly bytes: number[] = [];
  add({ serverMs, totalMs, bytes }: Asked<unknown>): void {
    this.serverMs.push(serverMs);
    this.totalMs.push(totalMs);
    this.bytes.push(bytes);
  }
}
