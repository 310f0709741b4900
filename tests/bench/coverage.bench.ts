import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import { blockCentres, featuresOf } from '@maplewall/client/world/city-areas.ts';
import { Coverage } from '@maplewall/client/world/coverage.ts';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { PostId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { SmallCity } from '@maplewall/client/world/small-city.ts';
import { quantile, type Bench, type Figures } from './bench.ts';

const AT = epochMs(1_795_435_200_000);
const CHECKED_IN = epochMs(AT - 600_000);
const PEOPLE = 2_568;
const TIMES = 200;

export const bench: Bench = {
  name: 'coverage',
  what: `the share of the demo city's blocks that all posts and ${PEOPLE} free volunteers reach in half a minute, measured once as the wall does every five seconds`,
  goals: { medianMs: { max: 10 } },
  async start({ quick }) {
    const dir = await mkdtemp(join(tmpdir(), 'maplewall-coverage-'));
    await writePack({ out: dir, seed: 1 });
    const read = async (file: string): Promise<unknown> =>
      JSON.parse(await readFile(join(dir, file), 'utf8')) as unknown;
    const city = (await read('city.json')) as City;
    const blocks = blockCentres(featuresOf(await read('blocks.geojson')));
    await rm(dir, { recursive: true, force: true });

    const record = new SmallCity();
    for (const { id } of city.posts)
      record.happens(CHECKED_IN, {
        kind: 'responder.checkedIn',
        responderId: `sentry-${id}` as ResponderId,
        responderKind: 'sentry',
        callSign: id,
        postId: id as PostId,
      });
    const volunteers = Array.from({ length: PEOPLE }, (_, index) => {
      // Where people are: near a block, each near another one.
      const { lng, lat } = blocks[(index * 7) % blocks.length] ?? city.centre;
      return { id: `v${index}`, lng: lng + 0.0003, lat: lat - 0.0002 };
    });
    for (const { id } of volunteers) record.checksIn(CHECKED_IN, id, 'volunteer');
    record.seen(AT, volunteers);
    const { keyframe } = record.keyframe(AT);
    if (keyframe === undefined) throw new Error('there must be a keyframe');
    const { world } = keyframe;
    return {
      async run(): Promise<Figures> {
        const started = performance.now();
        const coverage = new Coverage(blocks, city);
        const indexMs = performance.now() - started;
        const took: number[] = [];
        let percent = 0;
        for (let time = quick ? TIMES / 4 : TIMES; time > 0; time -= 1) {
          const begun = performance.now();
          const { covered } = coverage.measure(world, AT);
          took.push(performance.now() - begun);
          percent = (100 * covered) / blocks.length;
        }
        return {
          medianMs: quantile(took, 0.5),
          p99Ms: quantile(took, 0.99),
          indexMs,
          blocks: blocks.length,
          percent,
        };
      },
      stop: async () => {},
    };
  },
};
