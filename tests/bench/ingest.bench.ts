import { quantile, type Bench } from './bench.ts';
import type {
  GatewayAnswer,
  GatewayRequest,
  LoadAnswer,
  LoadRequest,
  WatchAnswer,
  WatchRequest,
} from './ingest/protocol.ts';
import { startChild } from './support/child.ts';

const VIEWERS = 100;
const FIXES_PER_BATCH = 1_000;
const PACE = 100_000;

/** How many of each are sent in a run. */
const FULL = { batches: 500, paced: 400, osmand: 20_000, mqtt: 60_000 } as const;
const QUICK = { batches: 150, paced: 150, osmand: 5_000, mqtt: 15_000 } as const;

interface Sent extends LoadAnswer {
  /** Processor time of the gateway, all its threads, frames and history included. */
  readonly cpuMicrosPerFix: number;
}

const rate = (answer: LoadAnswer): number => answer.taken / answer.seconds;

export const bench: Bench = {
  name: 'ingest',
  what:
    'positions on disk for each second, while 100 viewers watch: batches of 1,000 in columns over HTTP as fast as answers ' +
    'come (4 connections), and at 100,000 fixes a second for the delay of answers; one by one with OsmAnd (200 connections) ' +
    'and MQTT with QoS 1 (1,000 phones). Load and viewers are processes of their own on the same machine',
  goals: {
    fixesPerSecond: { min: 100_000 },
    ackP99Ms: { max: 100 },
    osmandPerSecond: { min: 5_000 },
    mqttPerSecond: { min: 20_000 },
  },
  start: async ({ quick }) => {
    const size = quick ? QUICK : FULL;
    const gateway = startChild<GatewayRequest, GatewayAnswer>(
      new URL('ingest/gateway.child.ts', import.meta.url),
    );
    const load = startChild<LoadRequest, LoadAnswer>(new URL('ingest/load.child.ts', import.meta.url));
    const watch = startChild<WatchRequest, WatchAnswer>(new URL('ingest/watch.child.ts', import.meta.url));

    const send = async (request: Exclude<LoadRequest, { type: 'connect' }>): Promise<Sent> => {
      const before = await gateway.ask({ type: 'usage' });
      const answer = await load.ask(request);
      const after = await gateway.ask({ type: 'usage' });
      const isBatch = request.type === 'batches' || request.type === 'pacedBatches';
      const sent = request.count * (isBatch ? FIXES_PER_BATCH : 1);
      if (answer.taken !== sent)
        throw new Error(`${request.type}: ${answer.taken} of ${sent} fixes were taken`);
      return { ...answer, cpuMicrosPerFix: ((after.cpuMs - before.cpuMs) * 1_000) / sent };
    };
    const address = await gateway.ask({ type: 'usage' });
    await load.ask({ type: 'connect', gateway: address });
    // Everybody is checked in by the first fix, and the code is warm.
    await send({ type: 'batches', count: 60 });
    await send({ type: 'osmand', count: 4_000 });
    await send({ type: 'mqtt', count: 4_000 });
    await watch.ask({ type: 'open', port: address.port, count: VIEWERS });
    return {
      run: async () => {
        const framesBefore = await watch.ask({ type: 'frames' });
        const batches = await send({ type: 'batches', count: size.batches });
        const paced = await send({ type: 'pacedBatches', count: size.paced, fixesPerSecond: PACE });
        const osmand = await send({ type: 'osmand', count: size.osmand });
        const mqtt = await send({ type: 'mqtt', count: size.mqtt });
        const framesAfter = await watch.ask({ type: 'frames' });
        if (framesAfter.frames <= framesBefore.frames) throw new Error('the viewers got nothing meanwhile');
        return {
          fixesPerSecond: rate(batches),
          ackP99Ms: quantile([...paced.delaysMs], 0.99),
          osmandPerSecond: rate(osmand),
          mqttPerSecond: rate(mqtt),
          ackP50Ms: quantile([...paced.delaysMs], 0.5),
          pacedPerSecond: rate(paced),
          batchesP99Ms: quantile([...batches.delaysMs], 0.99),
          osmandP99Ms: quantile([...osmand.delaysMs], 0.99),
          mqttP99Ms: quantile([...mqtt.delaysMs], 0.99),
          batchesCpuMicros: batches.cpuMicrosPerFix,
          osmandCpuMicros: osmand.cpuMicrosPerFix,
          mqttCpuMicros: mqtt.cpuMicrosPerFix,
          loadShareOfCore: (mqtt.loadCpuMs + osmand.loadCpuMs) / (mqtt.seconds + osmand.seconds) / 1_000,
          framesWatched: framesAfter.frames - framesBefore.frames,
        };
      },
      stop: async () => {
        await load.stop();
        await watch.stop();
        await gateway.stop();
      },
    };
  },
};
