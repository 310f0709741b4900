import { connect as connectTcp, createConnection } from 'node:net';
import { once } from 'node:events';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fixesIn, HERE, SECOND, silent, startTestGateway, type TestGateway } from './gateway.fixture.ts';
import { startMqtt } from './mqtt.ts';
import type { RunningMqtt } from './mqtt-door.ts';

let gateway: TestGateway;
let password = '';
const clients: MqttClient[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  password = await register('lin', 'pixel.7', 'volunteer-1');
});
afterAll(() => gateway.stop());
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
beforeEach(() => gateway.clock.pass(60 * SECOND));

async function register(user: string, device: string, responderId: string): Promise<string> {
  const registered = await gateway.sourceKeys.replaceDevice({ source: 'phones', user, device, responderId });
  return registered.ok ? registered.value : '';
}
async function connected(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, connectTimeout: 5_000, ...options });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}
const location = (over: object = {}): string =>
  JSON.stringify({
    _type: 'location',
    lat: HERE.lat,
    lon: HERE.lng,
    tst: Math.floor(gateway.clock.now() / SECOND),
    ...over,
  });
const count = (name: string): number => gateway.ingest.counters.of(phones())[name] ?? 0;
const phones = () => {
  const source = gateway.sourceKeys.check(gateway.phonesKey);
  if (source === undefined) throw new Error('no source');
  return source.id;
};

describe('the broker inside', () => {
  let mqtt: RunningMqtt;
  let url = '';
  beforeAll(async () => {
    const { ingest, sourceKeys } = gateway;
    mqtt = await startMqtt({ ingest, sourceKeys, host: '127.0.0.1', port: 0, logger: silent });
    url = `mqtt://127.0.0.1:${mqtt.port}`;
  });
  afterAll(() => mqtt.stop());
  const lin = (): Promise<MqttClient> => connected(url, { username: 'lin', password });

  it.each([0, 1, 2] as const)('[ING1] takes a location with QoS %i', async (qos) => {
    const client = await lin();
    const before = count('positions.taken');
    await client.publishAsync('owntracks/lin/pixel.7', location(), { qos, retain: true });
    // QoS 0 has no answer; the others come when it is on disk.
    if (qos === 0) await vi.waitUntil(() => count('positions.taken') > before, { timeout: 20_000 });
    expect(count('positions.taken')).toBe(before + 1);
    expect(fixesIn(await gateway.records()).at(-1)).toMatchObject({ who: 'volunteer-1', ...HERE });
  });

  it('takes many at a time in few records', async () => {
    const client = await lin();
    gateway.clock.pass(200 * SECOND);
    const before = gateway.log.lastSeq();
    const tst = Math.floor(gateway.clock.now() / SECOND);
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        client.publishAsync('owntracks/lin/pixel.7', location({ tst: tst - 199 + index }), { qos: 1 }),
      ),
    );
    const records = (await gateway.records()).slice(before);
    expect(fixesIn(records)).toHaveLength(200);
    expect(records.length).toBeLessThan(100);
  });

  it.each([
    ['no user', {}],
    ['a wrong password', { username: 'lin', password: 'wrong' }],
    ['another user', { username: 'chen', password: 'wrong' }],
  ])('[ING12] turns %s away', async (_, options) => {
    await expect(connected(url, options)).rejects.toThrow(/bad user ?name or password/i);
  });

  it.each(['owntracks/lin/other', 'owntracks/chen/pixel.7', 'owntracks/lin/pixel.7x', 'elsewhere', '$SYS/x'])(
    '[ING12] closes the connection of a device that publishes to %s',
    async (topic) => {
      const client = await lin();
      const before = gateway.log.lastSeq();
      const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
      client.publish(topic, location(), { qos: 1 });
      await closed;
      expect(gateway.log.lastSeq()).toBe(before);
    },
  );

  it('[ING12] lets a device listen below its own topic only', async () => {
    await register('chen', 'pad', 'volunteer-2');
    const client = await lin();
    const granted = await client
      .subscribeAsync('owntracks/lin/pixel.7/cmd')
      .catch((error: Error) => error.message);
    expect(granted).toMatchObject([{ qos: 0 }]);
    for (const topic of ['owntracks/+/+', '#', 'owntracks/chen/pad'])
      await expect(client.subscribeAsync(topic)).rejects.toThrow(/subscribe|unspecified|128/i);
  });

  it.each([
    ['no JSON', 'hello', 'request.notJson'],
    ['broken UTF-8', Buffer.from([0x7b, 0xff]), 'request.notJson'],
    ['something encrypted', '{"_type":"encrypted","data":"x"}', 'ingest.encrypted'],
    ['a place that is none', '{"_type":"location","lat":"x","lon":1,"tst":1}', 'ingest.position.notANumber'],
    ['an event below the topic', '{"_type":"transition"}', 'phones.ignored'],
  ])('[ING11] acknowledges and counts %s', async (name, payload, counter) => {
    const client = await lin();
    const before = count(counter);
    const topic = name.includes('below') ? 'owntracks/lin/pixel.7/event' : 'owntracks/lin/pixel.7';
    await client.publishAsync(topic, payload, { qos: 1 });
    expect(count(counter)).toBe(before + 1);
    expect(client.connected).toBe(true);
  });

  it('[ING12] closes the connection on a packet that is too large, before it is read', async () => {
    for (const bytes of [
      Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f, 0x00]),
      Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ]) {
      const socket = connectTcp(mqtt.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(bytes);
      await once(socket.resume(), 'close');
    }
    expect((await lin()).connected).toBe(true);
  });

  it('[ING12] a device that is revoked while it is connected is not heard any more', async () => {
    const secret = await register('wu', 'old', 'volunteer-9');
    const client = await connected(url, { username: 'wu', password: secret });
    await gateway.sourceKeys.revokeDevice('wu', 'old');
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    const before = gateway.log.lastSeq();
    client.publish('owntracks/wu/old', location(), { qos: 1 });
    await closed;
    expect(gateway.log.lastSeq()).toBe(before);
  });
});

const MOSQUITTO = { host: '127.0.0.1', port: 1_883 };
const hasMosquitto = await new Promise<boolean>((resolve) => {
  const socket = createConnection(MOSQUITTO, () => {
    socket.destroy();
    resolve(true);
  });
  socket.on('error', () => resolve(false));
});
if (!hasMosquitto && process.env['REQUIRE_ALL'] === '1')
  throw new Error('cannot run here: there is no Mosquitto on 127.0.0.1:1883');

describe.skipIf(!hasMosquitto)('a broker outside (Mosquitto on 127.0.0.1:1883)', () => {
  it('is listened to, for registered devices', async () => {
    const { ingest, sourceKeys } = gateway;
    const user = `u${process.pid}`;
    await register(user, 'tablet', 'volunteer-3');
    const broker = `mqtt://${MOSQUITTO.host}:${MOSQUITTO.port}`;
    const clientId = `maplewall-test-${process.pid}`;
    const url = `${broker}?clientId=${clientId}`;
    const mqtt = await startMqtt({ ingest, sourceKeys, host: '', port: 0, url, logger: silent });
    expect(mqtt.port).toBe(MOSQUITTO.port);
    const client = await connected(broker);
    let second = 0;
    // The first ones may be published before the gateway has subscribed.
    await vi.waitFor(
      async () => {
        second += 1;
        const tst = Math.floor(gateway.clock.now() / SECOND) + second;
        await client.publishAsync(`owntracks/${user}/stranger`, location({ tst }), { qos: 1 });
        await client.publishAsync(`owntracks/${user}/tablet`, location({ tst }), { qos: 1 });
        expect(fixesIn(await gateway.records()).at(-1)).toMatchObject({ who: 'volunteer-3' });
      },
      { timeout: 20_000, interval: 100 },
    );
    await mqtt.stop();
    // Takes the session away that the broker keeps for the gateway.
    await connected(broker, { clientId, clean: true });
    expect(fixesIn(await gateway.records()).some(({ who }) => who.includes('stranger'))).toBe(false);
  });
});
