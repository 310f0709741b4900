import { once } from 'node:events';
import { connect } from 'node:net';
import { encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { parserOf } from '@maplewall/shared/domain/schema.ts';
import { absurd, spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { drawnSchema, helloSchema } from '@maplewall/shared/wire/up.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';
import { WireViewer } from '../support/wire-viewer.ts';

const SEED = 20_261_125;
const AT_A_TIME = 40;
const PATIENCE_MS = 400_000;

let server: TestGateway;
let honest: WireViewer;
let cases = 0;
beforeAll(async () => {
  server = await startTestGateway();
  honest = new WireViewer(server.url);
  await honest.until('has its keyframe', () => honest.messages.length > 0);
});
afterAll(async () => {
  honest.close();
  await server.stop();
});

/** A websocket without a client library: it says what it is told to, byte by byte. */
class RawSocket {
  readonly #socket: WebSocket;
  readonly closed: Promise<void>;
  refusals = 0;
  joined = false;

  constructor() {
    this.#socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.closed = new Promise((resolve) => this.#socket.on('close', () => resolve()));
    this.#socket.on('error', () => this.#socket.terminate());
    this.#socket.on('message', (data: Buffer, isBinary) => {
      const text = data.toString('latin1');
      if (isBinary && text.includes('refused')) this.refusals += 1;
      else if (isBinary && text.includes('sid')) this.joined = true;
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Opens the line; with `joins` the gateway has answered that it is a viewer's. */
  async open(joins: boolean): Promise<this> {
    await once(this.#socket, 'open');
    if (joins) {
      this.send(encode({ type: 0, nsp: '/' }));
      await waitUntil('the gateway lets a socket join', () => this.joined || !this.isOpen);
    }
    return this;
  }

  /** A hostile message; it counts when the line was open. */
  say(bytes: Uint8Array | string): void {
    if (!this.isOpen) return;
    cases += 1;
    this.send(bytes);
  }

  send(bytes: Uint8Array | string): void {
    this.#socket.send(bytes);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}

const event = (name: unknown, ...data: unknown[]): Uint8Array =>
  encode({ type: 2, nsp: '/', data: [name, ...data] });

/** Runs one conversation for each sample, some at a time. */
async function converse<T>(samples: readonly T[], talk: (sample: T) => Promise<void>): Promise<void> {
  const left = [...samples];
  const worker = async (): Promise<void> => {
    for (let sample = left.pop(); sample !== undefined; sample = left.pop()) await talk(sample);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: count });

/** The honest viewer goes on getting frames, each after the one before, and holds the gateway's world. */
async function isServed(): Promise<boolean> {
  const { held } = honest;
  await honest.until('gets frames', () => honest.held >= held + 2);
  await waitUntil(
    'the viewer holds the world',
    () => worldHash(honest.world) === worldHash(server.gateway.keeper.world),
  );
  return honest.isConnected && honest.faults.length === 0;
}

describe('hostile socket messages', () => {
  const parseHello = parserOf(helloSchema);
  const parseDrawn = parserOf(drawnSchema);

  it(
    'of wrong types, sizes and names are refused one by one and counted, and the fifth ends the connection',
    async () => {
      const wrong = fc.oneof(
        spoilt({ wireVersion: WIRE_VERSION, run: 'r', frame: 3 })
          .filter((value) => !parseHello(value).ok)
          .map((value) => ['hello', value] as const),
        spoilt({ frame: 3 })
          .filter((value) => !parseDrawn(value).ok)
          .map((value) => ['drawn', value] as const),
        fc.tuple(
          fc.constantFrom('hello', 'drawn'),
          absurd.filter((value) => typeof value !== 'object'),
        ),
        fc.tuple(
          fc.constantFrom('', 'frame', 'welcome', 'refused', 'toString', '__proto__', 'hello '),
          absurd,
        ),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => ['drawn', bytes] as const),
      );
      // What a decoder with limits refuses as bytes belongs to the next test.
      const fits = wrong
        .filter(
          ([, value]) =>
            JSON.stringify(value ?? null).length < 100 &&
            !JSON.stringify(value ?? null).includes('__proto__'),
        )
        .filter(
          ([, value]) => !(typeof value === 'object' && value !== null && Object.keys(value).length > 8),
        );
      const before = server.gateway.sockets.refusals();
      let answered = 0;
      const talks = sample(fc.array(fits, { minLength: 5, maxLength: 5 }), 400);
      await converse(talks, async (messages) => {
        const socket = await new RawSocket().open(true);
        for (const [name, value] of messages) socket.say(event(name, value));
        await socket.closed;
        answered += socket.refusals;
      });
      const refused = server.gateway.sockets.refusals() - before;
      // A few are refused as bytes already and end the connection sooner; each is counted all the same.
      expect(refused).toBeGreaterThan(talks.length * 4);
      expect(answered).toBeGreaterThan(talks.length * 4);
      expect(await isServed()).toBe(true);
    },
    PATIENCE_MS,
  );

  it(
    'with absurd numbers of frames give nobody credit that it has not, and change nothing for others',
    async () => {
      const numbers = fc.oneof(
        fc.constantFrom(0, 1, 2, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
        fc.maxSafeNat(),
        fc.nat(1_000),
      );
      const talks = sample(fc.array(numbers, { minLength: 40, maxLength: 40 }), 410);
      await converse(talks, async (frames) => {
        const socket = await new RawSocket().open(true);
        for (const frame of frames) socket.say(event('drawn', { frame }));
        // The last word is refused: when that answer is here, all before it was read.
        socket.say(event('nothing'));
        await waitUntil('the gateway has read all', () => socket.refusals === 1);
        socket.terminate();
      });
      expect(await isServed()).toBe(true);
    },
    PATIENCE_MS,
  );

  it(
    'of broken bytes, of other packets and of plain garbage end their connection and are counted',
    async () => {
      const good = [
        event('hello', { wireVersion: WIRE_VERSION }),
        event('drawn', { frame: 1 }),
        encode({ type: 0, nsp: '/' }),
      ];
      const broken = fc.oneof(
        torn(fc.constantFrom(...good)).map((bytes) => bytes as Uint8Array | string),
        fc.uint8Array({ maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom<(Uint8Array | string)[]>(
          Uint8Array.from(Array.from({ length: 800 }, () => [0xdd, 0x01, 0xff, 0xff, 0xff]).flat()),
          Uint8Array.from(Array.from({ length: 4_000 }, () => 0x91)),
          new Uint8Array(5_000),
          `4${'x'.repeat(5_000)}`,
          '',
          '4',
          '42["hello",{}]',
          '0{}',
          '6',
          '9',
          'b!!!!',
          '\u0000',
          encode({ type: 2, nsp: '/admin', data: ['x'] }),
          encode({ type: 3, nsp: '/', id: 1, data: [] }),
          encode({ type: 0, nsp: '/', data: { token: 'x' } }),
          encode({ type: 0, nsp: '/x' }),
          encode({ type: 1, nsp: '/' }),
          encode({ type: 2, nsp: '/', data: ['disconnect', 'x'] }),
          encode({ type: 2, nsp: '/', data: ['error', 'x'] }),
          encode(null),
        ),
      );
      const before = server.gateway.sockets.refusals();
      const talks = sample(fc.tuple(broken, fc.boolean()), 1_200);
      await converse(talks, async ([bytes, joins]) => {
        const socket = await new RawSocket().open(joins);
        socket.say(bytes);
        // Some are taken (an answer to a ping that was not asked); a wrong packet type ends those too.
        if (socket.isOpen) socket.send('9');
        await socket.closed;
      });
      expect(server.gateway.sockets.refusals() - before).toBeGreaterThan(talks.length * 0.8);
      expect(await isServed()).toBe(true);
    },
    PATIENCE_MS,
  );

  it(
    'over polling, and requests for a socket that are none, are answered with 4xx and counted',
    async () => {
      const text = fc.string({ maxLength: 20 }).map((value) => encodeURIComponent(value.toWellFormed()));
      const query = fc.record({
        EIO: fc.oneof(fc.constantFrom('4', '3', '5', '-1', ''), text),
        transport: fc.oneof(fc.constantFrom('polling', 'websocket', 'flashsocket', ''), text),
        sid: fc.option(fc.oneof(text, fc.constantFrom('__proto__', 'constructor')), { nil: undefined }),
      });
      const talks = sample(
        fc.tuple(query, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'), text),
        700,
      );
      const before = server.gateway.sockets.refusals();
      const statuses = new Map<number, number>();
      await converse(talks, async ([{ EIO, transport, sid }, method, body]) => {
        cases += 1;
        const address = `${server.url}/socket.io/?EIO=${EIO}&transport=${transport}${sid === undefined ? '' : `&sid=${sid}`}`;
        const answer = await fetch(address, method === 'GET' ? {} : { method, body });
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      });
      expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
      expect(statuses.get(400) ?? 0).toBeGreaterThan(350);
      expect(server.gateway.sockets.refusals() - before).toBeGreaterThan(350);
      const page = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, {
        headers: { origin: 'http://evil.example' },
      });
      expect(page.status).toBe(403);
      expect(await isServed()).toBe(true);
    },
    PATIENCE_MS,
  );

  it(
    'from lines that are opened and left, cut or half closed hold nobody up',
    async () => {
      const { port } = server.gateway;
      const upgrade = `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
      const lines = Array.from({ length: 300 }, (_, index) => {
        const line = connect(port, '127.0.0.1');
        line.on('error', () => line.destroy());
        cases += 1;
        if (index % 5 === 1) line.write(upgrade.slice(0, index % upgrade.length));
        if (index % 5 === 2) line.end(upgrade);
        if (index % 5 === 3) line.write(`${upgrade}\u0082`);
        if (index % 5 === 4) line.write(upgrade, () => line.resetAndDestroy());
        return line;
      });
      const left = await Promise.all(Array.from({ length: 100 }, () => new RawSocket().open(false)));
      expect(await isServed()).toBe(true);
      for (const line of lines) line.destroy();
      for (const socket of left) socket.terminate();
    },
    PATIENCE_MS,
  );

  it('leave one viewer, no more memory than before, and are as many as the suite promises', async () => {
    await waitUntil('only the honest viewer is left', () => server.gateway.sockets.viewers.count === 1);
    const health = (await (await fetch(`${server.url}/api/health`)).json()) as Record<string, number>;
    expect(health).toMatchObject({ viewers: 1, viewersBehind: 0 });
    expect(health['refusedMessages']).toBe(server.gateway.sockets.refusals());
    expect(health['heapMiB']).toBeLessThan(400);
    expect(cases).toBeGreaterThanOrEqual(HOSTILE_CASES['tests/integration/hostile-sockets.test.ts']);
  });
});
