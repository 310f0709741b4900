import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import type { HistoryDays } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTER_INDEX } from '@maplewall/shared/world/hour-counts.ts';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { addDemoSources, DEMO_SEED, liveDemo, type DemoKeys } from '../support/demo-life.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Four weeks before today are what the charts compare with. */
const DAYS = 29;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 240_000;
/** The same count so often in a row: all is counted. */
const SAME_COUNTS = 4;

export interface LivingCity {
  readonly server: TestGateway;
  /** What the city has besides its life; `secondsAgo` before the moment at which its clock stands. */
  send(events: readonly { readonly secondsAgo: number; readonly event: CityEvent }[]): Promise<void>;
  stop(): Promise<void>;
}

/** Writes the demo city's pack into a new folder. */
export async function makeDemoPack(): Promise<string> {
  const cityDir = await mkdtemp(join(tmpdir(), 'maplewall-shots-'));
  await writePack({ out: cityDir, seed: DEMO_SEED });
  return cityDir;
}

/** A gateway whose clock stands at a moment, and whose past nobody replays. */
export const gatewayAt = (at: EpochMs, cityDir?: string): Promise<TestGateway> =>
  startTestGateway({
    clock: { now: () => at },
    sealsAhead: false,
    ...(cityDir === undefined ? {} : { cityDir }),
  });

/** The demo city as it is at a moment, and a gateway whose clock stands there: the same whenever it is made. */
export async function startLivingCity(cityDir: string, at: EpochMs): Promise<LivingCity> {
  const server = await gatewayAt(at, cityDir);
  const keys = await addDemoSources(server);
  await liveUntil(server, cityDir, at, keys);
  await allCounted(server);
  let sent = 0;
  return {
    server,
    send: (events) =>
      postEvents(
        server.url,
        keys['demo-110'],
        events.map(({ secondsAgo, event }) => ({
          key: `shots/${(sent += 1)}`,
          at: at - secondsAgo * SECOND_MS,
          event,
        })),
      ),
    stop: () => server.stop(),
  };
}

/** Lives the demo up to the moment and stops there. */
async function liveUntil(server: TestGateway, cityDir: string, at: EpochMs, keys: DemoKeys): Promise<void> {
  const stopped = new AbortController();
  await new Promise<void>((resolve, reject) => {
    liveDemo({
      server,
      cityDir,
      keys,
      days: DAYS,
      now: () => at,
      wait: async (ms) => {
        // It waits for its next second when it has reached the present; whatever else it waits for is work that is not needed.
        if (ms === SECOND_MS) resolve();
        return new Promise<never>(() => undefined);
      },
      stopped: stopped.signal,
    }).catch(reject);
  });
  stopped.abort();
}

/** History counts a little later than records come; the panels ask it once. */
async function allCounted(server: TestGateway): Promise<void> {
  let last = '';
  let same = 0;
  await waitUntil(
    'history has counted everything',
    async () => {
      const { days } = (await (await fetch(`${server.url}/api/history/days`)).json()) as HistoryDays;
      const precincts = await (await fetch(`${server.url}/api/history/precincts?days=62`)).text();
      const isWhole = days.length >= DAYS && receivedLately(server, days);
      const counts = `${JSON.stringify(days.map(({ hours }) => hours))}${precincts}`;
      same = counts === last && isWhole ? same + 1 : 0;
      last = counts;
      return same >= SAME_COUNTS;
    },
    PATIENCE_MS,
    SECOND_MS,
  );
}

/** Whether history has the incidents of the last day that the world has: it counts in the order of time. */
function receivedLately(server: TestGateway, days: HistoryDays['days']): boolean {
  const { world } = server.gateway.keeper;
  const received = HOUR_COUNTER_INDEX.get('received') ?? 0;
  const now = Math.floor(world.at / HOUR_MS);
  const inHistory = new Map(
    days.flatMap(({ startsAt, hours }) =>
      hours.map((counts, index) => [Math.floor(startsAt / HOUR_MS) + index, counts[received] ?? 0] as const),
    ),
  );
  return Array.from({ length: 24 }, (_, back) => now - back).every(
    (hour) => (inHistory.get(hour) ?? 0) === (world.hours.get(hour)?.[received] ?? 0),
  );
}

/** Whoever is on duty and nearest to a place, nearest first. */
export function nearestOnDuty(
  server: TestGateway,
  lng: number,
  lat: number,
  count: number,
): readonly string[] {
  const { positions, responders } = server.gateway.keeper.world;
  const eastward = Math.cos((lat * Math.PI) / 180);
  return [...responders.values()]
    .filter(({ slot, kind }) => positions.hasFix[slot] === 1 && kind !== 'sentry')
    .map(({ id, slot }) => ({
      id,
      away: Math.hypot(
        ((positions.lngE5[slot] ?? 0) / 1e5 - lng) * eastward,
        (positions.latE5[slot] ?? 0) / 1e5 - lat,
      ),
    }))
    .toSorted((a, b) => a.away - b.away)
    .slice(0, count)
    .map(({ id }) => id);
}

export const removeDemoPack = (cityDir: string): Promise<void> =>
  rm(cityDir, { recursive: true, force: true });

export const momentOfCity = (local: string): EpochMs => epochMs(Date.parse(`${local}+08:00`));
