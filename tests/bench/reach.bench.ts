import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import { seededRandom, type Random } from '@maplewall/mock/seeded-random.ts';
import { makePack } from '@maplewall/server/city/make-pack.ts';
import { readPack, type CityPack } from '@maplewall/server/city/read-pack.ts';
import { arrivalsAt } from '@maplewall/server/reach/arrivals.ts';
import type { Coverage } from '@maplewall/server/reach/coverage.ts';
import { NO_POST, type Movers } from '@maplewall/server/reach/movers.ts';
import { ReachEngine } from '@maplewall/server/reach/reach-engine.ts';
import { roadsOf } from '@maplewall/server/reach/street-cache.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { median, quantile, type Bench, type Figures } from './bench.ts';

const VOLUNTEERS = 2_568;
const CARS = 39;
const MOVED = 513;
const TICKS = 60;
const CALLS = 400;
const PEER_CALLS = 5;
const LONGGANG = { roads: 'roads_longgang', blocks: 'blocks_derived' };
const run = promisify(execFile);
const MANY_STREETS = fileURLToPath(new URL('reach/many-streets.ts', import.meta.url));

/**
 * arrivalsP99Ms     everybody within 3 km of a call, soonest first, in the worse of the cities
 * timesOneByOne     the same by one search from each of them, as much slower
 * reachAllMs        what all reach in 30 … 300 s, from nothing
 * coverageTickMs    a second in which 513 of them moved two metres and all grew older
 * adviceMs          five spots and what each adds, nothing kept from before
 * graphBuildS       a million pieces of street joined to a graph, and graphMiB the most memory of that program
 */
export const bench: Bench = {
  name: 'reach',
  what: `arrivals, reach and coverage of ${VOLUNTEERS} volunteers and ${CARS} cars on the streets of the demo city${isGiven('longgang/roads_longgang.geojson') ? ' and of the real one' : ''}, against a search from each person`,
  goals: {
    arrivalsP99Ms: { max: 3 },
    reachAllMs: { max: 1_000 },
    coverageTickMs: { max: 20 },
    adviceMs: { max: 1_000 },
    graphBuildS: { max: 60 },
    graphMiB: { max: 2_048 },
  },
  async start({ quick }) {
    const folder = await mkdtemp(join(tmpdir(), 'maplewall-reach-'));
    await writePack({ out: join(folder, 'demo'), seed: 1 });
    const packs = [await packIn(join(folder, 'demo'))];
    if (isGiven('longgang/roads_longgang.geojson')) {
      await makeLonggang(join(folder, 'longgang'));
      packs.push(await packIn(join(folder, 'longgang')));
    }
    await rm(folder, { recursive: true, force: true });
    return {
      async run(): Promise<Figures> {
        const found = packs.map((pack) => measure(pack, quick ? 10 : TICKS, quick ? CALLS / 4 : CALLS));
        const worst = (of: (one: Figures) => number): number => Math.max(...found.map(of));
        const { stdout } = await run(process.execPath, [MANY_STREETS, String(quick ? 100_000 : 1_000_000)]);
        const graph = JSON.parse(stdout) as { readonly seconds: number; readonly mebibytes: number };
        return {
          arrivalsP99Ms: worst((one) => one['arrivalsP99Ms'] ?? Infinity),
          timesOneByOne: Math.min(...found.map((one) => one['timesOneByOne'] ?? 0)),
          reachAllMs: worst((one) => one['reachAllMs'] ?? Infinity),
          coverageTickMs: worst((one) => one['coverageTickMs'] ?? Infinity),
          adviceMs: worst((one) => one['adviceMs'] ?? Infinity),
          graphBuildS: graph.seconds,
          graphMiB: graph.mebibytes,
        };
      },
      stop: async () => {},
    };
  },
};

function measure(pack: CityPack, ticks: number, calls: number): Figures {
  const random = seededRandom(4, 'reach');
  const graph = buildStreetGraph(roadsOf(pack), pack.city.centre);
  const engine = new ReachEngine(pack, graph);
  const places = placesOf(pack);
  const movers = moversNear(places, random);
  const moment = { at: epochMs(0), movers, acceptSeconds: 5 };
  const began = performance.now();
  const coverage = engine.live(moment);
  const reachAllMs = performance.now() - began;
  const tickMs = Array.from({ length: ticks }, () => {
    move(movers, random);
    const before = performance.now();
    engine.live(moment);
    return performance.now() - before;
  });
  const callMs = Array.from({ length: calls }, () => {
    const [lng, lat] = anyOf(places, random);
    const before = performance.now();
    arrivalsAt(coverage, lng, lat);
    return performance.now() - before;
  });
  const peerMs = Array.from({ length: PEER_CALLS }, () => {
    const [lng, lat] = anyOf(places, random);
    const before = performance.now();
    arrivalsOneByOne(coverage, lng, lat);
    return performance.now() - before;
  });
  const asked = performance.now();
  engine.advice(coverage, { at: epochMs(0), count: 5, seconds: 30, mode: 'run', weight: 'blocks' });
  return {
    reachAllMs,
    coverageTickMs: median(tickMs),
    arrivalsP99Ms: quantile(callMs, 0.99),
    timesOneByOne: median(peerMs) / median(callMs),
    adviceMs: performance.now() - asked,
  };
}

/** The plain way: a search from each person as far as the place. */
function arrivalsOneByOne({ streets, movers }: Coverage, lng: number, lat: number): number {
  const there = streets.at(lng, lat, 'onFoot');
  let soonest = Infinity;
  if (there !== undefined)
    for (const { at, mode } of movers.values())
      soonest = Math.min(soonest, streets.searchFrom(at, mode, 3_000 / 2).costOf(there));
  return soonest;
}

type Point = readonly [lng: number, lat: number];

/** The first corners of a pack's buildings and blocks. */
const placesOf = ({ files }: CityPack): readonly Point[] =>
  [files.get('buildings'), files.get('blocks')]
    .flatMap((file) => file?.features ?? [])
    .map(({ geometry }) => (geometry.coordinates as readonly (readonly Point[])[])[0]?.[0] ?? [0, 0]);

const anyOf = (places: readonly Point[], random: Random): Point =>
  places[random.below(places.length)] ?? [0, 0];

function moversNear(places: readonly Point[], random: Random): Movers {
  const count = VOLUNTEERS + CARS;
  const spots = Array.from({ length: count }, () => anyOf(places, random));
  return {
    count,
    keys: Uint32Array.from(spots, (_, key) => key),
    lngE5: Int32Array.from(spots, ([lng]) => Math.round(lng * 1e5)),
    latE5: Int32Array.from(spots, ([, lat]) => Math.round(lat * 1e5)),
    modes: Uint8Array.from(spots, (_, key) => (key < VOLUNTEERS ? 0 : 3)),
    ageSeconds: Float32Array.from(spots, () => random.below(5)),
    onDuty: count,
    posts: new Int32Array(count).fill(NO_POST),
  };
}

function move(movers: Movers, random: Random): void {
  const first = random.below(5);
  for (let key = 0; key < movers.count; key++) {
    movers.ageSeconds[key] = (movers.ageSeconds[key] ?? 0) + 1;
    if (key % 5 !== first || key >= MOVED * 5) continue;
    movers.lngE5[key] = (movers.lngE5[key] ?? 0) + random.below(5) - 2;
    movers.latE5[key] = (movers.latE5[key] ?? 0) + random.below(5) - 2;
    movers.ageSeconds[key] = 0;
  }
}

async function packIn(dir: string): Promise<CityPack> {
  const read = await readPack(dir);
  if (!read.ok) throw new Error(`the pack cannot be read: ${JSON.stringify(read.faults[0])}`);
  return read.pack;
}

async function makeLonggang(dir: string): Promise<void> {
  const file = (name: string): string => givenFile(`longgang/${name}.geojson`);
  await makePack(
    {
      id: 'longgang',
      name: { zh: '龙港市', en: 'Longgang' },
      timeZone: 'Asia/Shanghai',
      coordinateSystem: 'WGS84',
      bounds: [120.38, 27.4, 120.8, 27.68],
      files: { roads: file(LONGGANG.roads), blocks: file(LONGGANG.blocks) },
    },
    dir,
  );
}
