import { setTimeout as wait } from 'node:timers/promises';
import { answerParent, cpuMs } from '../support/child.ts';
import { Batches, FIXES_PER_BATCH } from './batches.ts';
import { HttpLane, toRequest } from './http-lane.ts';
import { MqttPhone } from './mqtt-phone.ts';
import { MQTT_PHONES, type GatewayAnswer, type LoadAnswer, type LoadRequest } from './protocol.ts';

const BATCH_LANES = 4;
const PACED_LANES = 64;
const OSMAND_LANES = 200;
const OSMAND_PHONES = 2_000;
/** Everybody's first fix is so old, so that more than a second of life may be sent in a second, and all of it counts as live. */
const FIRST_FIX_AGE_SECONDS = 540;
const HERE = { lat: 27.55, lon: 120.55 } as const;

const firstSecond = Math.floor(Date.now() / 1_000) - FIRST_FIX_AGE_SECONDS;

async function openPhones(count: number, open: (index: number) => Promise<MqttPhone>): Promise<MqttPhone[]> {
  const opened: MqttPhone[] = [];
  for (let first = 0; first < count; first += 100)
    opened.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(100, count - first) }, (_, index) => open(first + index)),
      )),
    );
  return opened;
}

async function connectAll(gateway: GatewayAnswer) {
  const { port, mqttPort, keys } = gateway;
  return {
    gateway,
    batches: new Batches(keys.batches, firstSecond),
    lanes: Array.from({ length: Math.max(PACED_LANES, OSMAND_LANES) }, () => new HttpLane(port)),
    phones: await openPhones(MQTT_PHONES, (index) => MqttPhone.open(mqttPort, `phone-${index}`)),
    osmandSent: 0,
    mqttSent: 0,
  };
}

let connected: Awaited<ReturnType<typeof connectAll>> | undefined;

/** Does the work, and asks the gateway how many fixes of this source it took by it. */
async function measured(sourceKey: string, work: () => Promise<Float64Array>): Promise<LoadAnswer> {
  const before = await takenOf(sourceKey);
  const cpuBefore = cpuMs();
  const startedAt = performance.now();
  const delaysMs = await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const loadCpuMs = cpuMs() - cpuBefore;
  return { taken: (await takenOf(sourceKey)) - before, seconds, delaysMs, loadCpuMs };
}

async function takenOf(sourceKey: string): Promise<number> {
  const request = toRequest('GET', '/api/ingest/counters', [`authorization: Bearer ${sourceKey}`]);
  const body = await connected?.lanes[0]?.ask(request);
  const { counts } = JSON.parse(body ?? '{}') as { readonly counts: Readonly<Record<string, number>> };
  return counts['positions.taken'] ?? 0;
}

/** Each lane sends the next request when it has the answer to the one before. */
async function inTurn(lanes: readonly HttpLane[], requests: readonly Buffer[]): Promise<Float64Array> {
  const delays = new Float64Array(requests.length);
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let index = next++; index < requests.length; index = next++) {
        const sentAt = performance.now();
        await lane.ask(requests[index] ?? Buffer.alloc(0));
        delays[index] = performance.now() - sentAt;
      }
    }),
  );
  return delays;
}

/** Each request is due at its own moment; it waits for a lane where none is free, and that counts. */
async function atPace(
  lanes: readonly HttpLane[],
  requests: readonly Buffer[],
  perSecond: number,
): Promise<Float64Array> {
  const delays = new Float64Array(requests.length);
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (let index = next++; index < requests.length; index = next++) {
        const dueAt = startedAt + (index * 1_000) / perSecond;
        const early = dueAt - performance.now();
        if (early > 0) await wait(early);
        await lane.ask(requests[index] ?? Buffer.alloc(0));
        delays[index] = performance.now() - dueAt;
      }
    }),
  );
  return delays;
}

function osmandRequests(key: string, count: number, sent: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const number = sent + index;
    const round = Math.floor(number / OSMAND_PHONES);
    const lat = (HERE.lat + round / 100_000).toFixed(5);
    return toRequest(
      'GET',
      `/api/ingest/osmand/${key}?id=osmand-${number % OSMAND_PHONES}&lat=${lat}&lon=${HERE.lon}` +
        `&timestamp=${firstSecond + round}&speed=2.7&bearing=90&accuracy=5&batt=80`,
      [],
    );
  });
}

/** Hands each phone its messages, and resolves when all are answered. */
function publishAll(phones: readonly MqttPhone[], count: number, sent: number): Promise<Float64Array> {
  const delays = new Float64Array(count);
  return new Promise((resolve) => {
    let answered = 0;
    for (let index = 0; index < count; index += 1) {
      const number = sent + index;
      const round = Math.floor(number / phones.length);
      const payload = Buffer.from(
        JSON.stringify({
          _type: 'location',
          tid: 'ph',
          lat: HERE.lat + round / 100_000,
          lon: HERE.lon,
          tst: firstSecond + round,
          vel: 5,
          acc: 5,
          batt: 80,
        }),
      );
      phones[number % phones.length]?.publish(payload, (sentAt) => {
        delays[index] = performance.now() - sentAt;
        answered += 1;
        if (answered === count) resolve(delays);
      });
    }
    for (const phone of phones) phone.flush();
  });
}

async function load(request: LoadRequest): Promise<LoadAnswer | undefined> {
  if (request.type === 'connect') {
    connected = await connectAll(request.gateway);
    return undefined;
  }
  if (connected === undefined) throw new Error('connect first');
  const { gateway, batches, lanes, phones, osmandSent, mqttSent } = connected;
  const { count } = request;
  switch (request.type) {
    case 'batches': {
      const requests = batches.take(count);
      return measured(gateway.keys.batches, () => inTurn(lanes.slice(0, BATCH_LANES), requests));
    }
    case 'pacedBatches': {
      const requests = batches.take(count);
      const perSecond = request.fixesPerSecond / FIXES_PER_BATCH;
      return measured(gateway.keys.batches, () => atPace(lanes.slice(0, PACED_LANES), requests, perSecond));
    }
    case 'osmand': {
      connected.osmandSent += count;
      const requests = osmandRequests(gateway.keys.osmand, count, osmandSent);
      return measured(gateway.keys.osmand, () => inTurn(lanes.slice(0, OSMAND_LANES), requests));
    }
    case 'mqtt':
      connected.mqttSent += count;
      return measured(gateway.mqttKey, () => publishAll(phones, count, mqttSent));
  }
}

answerParent(load, async () => {
  for (const lane of connected?.lanes ?? []) lane.close();
  for (const phone of connected?.phones ?? []) phone.close();
});
