import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@maplewall/mock/seeded-random.ts';
import { launchBrowser } from '../support/browser.ts';
import { waitUntil } from '../support/wait-until.ts';
import { median, quantile, type Bench, type Figures } from './bench.ts';
import { PlayerPage } from './play/player-page.ts';
import { serveDay } from './play/serve-day.ts';
import { askRows } from './seek/ask.ts';
import { buildDay, DAY_STARTS_AT_SECONDS, type BuiltDay } from './seek/build-day.ts';
import { openServers } from './seek/servers.ts';

const SPEED = 600;
const MINUTES_OF_A_DAY = 1_440;
const QUICK_MINUTES = 90;
/** The peer's rows are of so many minutes only, in which it finds its rows sooner than in a whole day. */
const ROW_MINUTES = 60;
const QUICK_ROW_MINUTES = 10;
const STEPS = 40;
const QUICK_STEPS = 8;
/** Frames are looked at one by one for so long, in the middle of the day; a trace of all of them would take more than the page. */
const STRETCH_SECONDS = 20;
const QUICK_STRETCH_SECONDS = 1;
/** Of the day, from one picture of a screen of 60 Hz to the next. */
const SECONDS_PER_FRAME = SPEED / 60;
const PATIENCE_MS = 900_000;
const STARTS_AT = DAY_STARTS_AT_SECONDS * 1_000;

/**
 * playMsPerFrame     main-thread milliseconds for the ten seconds of the day between two pictures at 60 Hz: frames of history,
 *                    their worlds, what the map would read
 * playMedianMs, …    of single animation frames, for as long as they are looked at one by one
 * playFetchedMB      everything that was sent meanwhile, with headers
 * playHeapGrowth…    from a quarter of the day to its end, garbage collected, columns counted
 * playDrawnMs…       the same with the product's map drawing meanwhile, for a stretch in the middle of the day
 * rows…, setData…    the peers: one question, or one drawing, for each picture, which is ten seconds further
 */
export const bench: Bench = {
  name: 'play',
  what: 'a day of 2,568 people at 600 times its speed in a browser, feed and world without the map, against a row for each fix with a question for each picture, and MapLibre’s setData for each picture',
  runs: 1,
  goals: {
    playMsPerFrame: { max: 5 },
    playDrawnMsPerFrame: { max: 5 },
    playFetchedMB: { max: 60 },
    playHeapGrowthPercent: { max: 10 },
  },
  start: async ({ quick }) => {
    const minutes = quick ? QUICK_MINUTES : MINUTES_OF_A_DAY;
    if (quick) console.log(`--quick: ${QUICK_MINUTES} minutes of the day, so that what is fetched is less`);
    const folder = await mkdtemp(join(tmpdir(), 'maplewall-play-'));
    const lastSecond = minutes * 60 - 1;
    const rowMinutes = quick ? QUICK_ROW_MINUTES : ROW_MINUTES;
    const day = await buildDay(folder, minutes, new Set([lastSecond]), console.log, rowMinutes);
    const servers = await openServers(folder, day);
    const served = await serveDay(servers, folder);
    const browser = await launchBrowser();
    return {
      run: async (): Promise<Figures> => {
        const page = await PlayerPage.open(browser, served.url, { at: STARTS_AT, people: day.ids.length });
        const ours = await playDay(page, minutes, quick, served.sentBytes);
        checkEnd(await page.places(), day, lastSecond);
        const random = seededRandom(minutes, 'steps');
        const seconds = Array.from({ length: quick ? QUICK_STEPS : STEPS }, () =>
          random.below(rowMinutes * 60),
        );
        const rows = seconds.map((second) => askRows(servers, 'indexed', second));
        const rowsMs = await eachMs(page, seconds, (second) => page.askRows(second));
        await page.setData();
        const setDataMs = await eachMs(page, seconds, () => page.setData());
        await page.close();
        const playDrawnMsPerFrame = await playDrawn(
          await PlayerPage.open(browser, served.url, { at: STARTS_AT, map: true }),
          minutes,
          quick,
        );
        const rowsBytes = median(rows.map(({ bytes }) => bytes));
        return {
          ...ours,
          playDrawnMsPerFrame,
          rowsServerMsPerFrame: median(rows.map(({ serverMs }) => serverMs)),
          rowsMsPerFrame: rowsMs,
          rowsFetchedMB: (rowsBytes * ((minutes * 60) / SECONDS_PER_FRAME)) / 1e6,
          setDataMsPerFrame: setDataMs,
        };
      },
      stop: async () => {
        await browser.close();
        await served.stop();
        await servers.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

async function playDay(
  page: PlayerPage,
  minutes: number,
  quick: boolean,
  sentBytes: () => number,
): Promise<Figures> {
  const isPlayed = async (share: number): Promise<boolean> => {
    const { at, isEnded } = await page.shown();
    return isEnded || at >= STARTS_AT + share * minutes * 60_000;
  };
  const sentBefore = sentBytes();
  const began = performance.now();
  let cpuMs = 0;
  let playedMs = 0;
  const held: number[] = [];
  /** Plays up to a share of the day, and looks at what is held then. */
  const playTo = async (share: number): Promise<void> => {
    const from = (await page.shown()).at;
    const spent = await page.thread.during(() =>
      waitUntil(`${share} of the day is played`, () => isPlayed(share), PATIENCE_MS).then(() => undefined),
    );
    cpuMs += spent.cpuMs;
    playedMs += (await page.shown()).at - from;
    held.push(await page.heldBytes());
  };
  await page.play(STARTS_AT, SPEED);
  await playTo(0.25);
  await playTo(0.5);
  const seen = await page.thread.frameByFrame(() =>
    wait((quick ? QUICK_STRETCH_SECONDS : STRETCH_SECONDS) * 1_000),
  );
  await playTo(1);
  const seconds = (performance.now() - began) / 1_000;
  const [first = Number.NaN] = held;
  const last = held.at(-1) ?? Number.NaN;
  console.log(`held: ${held.map((bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`).join(', ')}`);
  return {
    // By what was played and not by the clock: a machine that is busy with other things plays slower, and would look cheap.
    playMsPerFrame: (cpuMs / playedMs) * 1_000 * SECONDS_PER_FRAME,
    playFetchedMB: (sentBytes() - sentBefore) / 1e6,
    playHeapGrowthPercent: (100 * (last - first)) / first,
    playMedianMs: median(seen.cpuMs),
    playP99Ms: quantile(seen.cpuMs, 0.99),
    playHeapMiB: last / 1024 / 1024,
    // Below 600 where this machine could not keep up.
    playedSpeed: (minutes * 60) / seconds,
  };
}

/** Main-thread milliseconds for what is between two pictures at 60 Hz, the map drawing as often as this machine can. */
async function playDrawn(page: PlayerPage, minutes: number, quick: boolean): Promise<number> {
  await page.play(STARTS_AT + (minutes / 2) * 60_000, SPEED);
  await waitUntil('it plays', async () => (await page.shown()).at > STARTS_AT + (minutes / 2 + 5) * 60_000);
  const from = (await page.shown()).at;
  const { cpuMs } = await page.thread.during(() =>
    wait((quick ? QUICK_STRETCH_SECONDS : STRETCH_SECONDS) * 1_000),
  );
  const playedMs = (await page.shown()).at - from;
  await page.close();
  return (cpuMs / playedMs) * 1_000 * SECONDS_PER_FRAME;
}

/** Main-thread milliseconds of one of several acts, one after the other. */
async function eachMs(
  page: PlayerPage,
  seconds: readonly number[],
  act: (second: number) => Promise<unknown>,
): Promise<number> {
  const { cpuMs } = await page.thread.during(async () => {
    for (const second of seconds) await act(second);
  });
  return cpuMs / seconds.length;
}

/** @throws when the last world that was played is not the truth */
function checkEnd(found: Awaited<ReturnType<PlayerPage['places']>>, day: BuiltDay, second: number): void {
  const truth = day.truths.get(second);
  const placeOf = new Map<string, number>(day.ids.map((id, place) => [id, place]));
  const isRight = found.every(([id, lngE5, latE5, fixAtSeconds]) => {
    const place = placeOf.get(id) ?? -1;
    return (
      lngE5 === truth?.lngE5[place] &&
      latE5 === truth.latE5[place] &&
      fixAtSeconds === truth.fixAtSeconds[place]
    );
  });
  if (!isRight || found.length !== day.ids.length)
    throw new Error('the end of the day is not what was played');
}
