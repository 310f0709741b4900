import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import { Calendar } from '@maplewall/mock/life/calendar.ts';
import { Life } from '@maplewall/mock/life/life.ts';
import { readLifePack } from '@maplewall/mock/life/pack.ts';
import type { Bench, Figures } from './bench.ts';
import { aisDay, isAisGiven } from './wire/ais-day.ts';
import { allMoving } from './wire/all-moving.ts';
import { demoHour } from './wire/demo-hour.ts';
import type { SizesPerUpdate } from './wire/wire-sizes.ts';

const FRIDAY = Date.UTC(2026, 10, 20, 4);
const EVENING = 19;
const MORNING = 9;
const HOUR_SECONDS = 3_600;
const QUICK_SECONDS = 120;
const ALL_MOVING_SECONDS = 120;
const QUICK_ALL_MOVING_SECONDS = 40;
const SEED = 1;

/**
 * bytesPerUpdate   frames as the gateway sends them, without what events, risks and sources take: the fixes with the
 *                  head, checksum and envelope of every frame
 * …AsSent          whole frames, in packets of socket.io and WebSocket
 * ratioTo…         the same updates as objects of id, lng, lat, at, speed, course and accuracy, an array for each second
 * …Morning, …AllMoving, …Ais   the demo city at its quietest by day; everybody on duty at once; real ships
 *
 * Each run is another day of the demo city's life. Figures of sizes do not depend on how busy the machine is.
 */
export const bench: Bench = {
  name: 'wire',
  what: 'bytes for each position update in an evening hour of the demo city, a frame a second, against JSON, msgpack and deflated JSON',
  goals: { bytesPerUpdate: { max: 1.5 }, ratioToJson: { min: 50 } },
  start: async ({ quick }) => {
    const city = await mkdtemp(join(tmpdir(), 'maplewall-wire-'));
    await writePack({ out: city, seed: SEED });
    const pack = await readLifePack(city);
    const life = new Life(pack, new Calendar(pack.city.timeZone, FRIDAY), SEED);
    const seconds = quick ? QUICK_SECONDS : HOUR_SECONDS;
    if (quick) console.log('--quick: two minutes of each hour');
    const ais = isAisGiven() ? await aisDay() : undefined;
    if (ais === undefined) console.log('the day of ships is not measured: its file is not here');
    let day = life.calendar.dayOf(FRIDAY);
    return {
      run: async (): Promise<Figures> => {
        const evening = demoHour(life, day, EVENING, seconds);
        const morning = demoHour(life, day, MORNING, seconds);
        const moving = allMoving(day, quick ? QUICK_ALL_MOVING_SECONDS : ALL_MOVING_SECONDS);
        day += 1;
        return {
          ...figuresOf(evening, ''),
          bytesPerUpdateAsSent: evening.oursAsSent,
          jsonBytesPerUpdate: evening.json,
          ratioToJsonOfSameFields: evening.jsonSameFields / evening.ours,
          updates: evening.updates,
          ...figuresOf(morning, 'Morning'),
          ...figuresOf(moving, 'AllMoving'),
          ...(ais === undefined ? {} : figuresOf(ais, 'Ais')),
        };
      },
      stop: () => rm(city, { recursive: true, force: true }),
    };
  },
};

const figuresOf = (sizes: SizesPerUpdate, of: string): Figures => ({
  [`bytesPerUpdate${of}`]: sizes.ours,
  [`ratioToJson${of}`]: sizes.json / sizes.ours,
  [`ratioToMsgpack${of}`]: sizes.msgpack / sizes.ours,
  [`ratioToDeflatedJson${of}`]: sizes.deflatedJson / sizes.ours,
  [`entropyEstimate${of}`]: sizes.entropyEstimate,
  [`updatesPerFrame${of}`]: sizes.updatesPerFrame,
});
