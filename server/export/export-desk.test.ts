import { once } from 'node:events';
import { connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import { minuteNo, seqNo } from '@maplewall/shared/domain/units.ts';
import type { PositionsLeft } from '../history/positions-left.ts';
import { dataRoutes, type DataRoutesParts } from './data-routes.ts';
import { ExportDesk, stream } from './export-desk.ts';

const FILE = '/api/export/positions?from=2026-11-20T20:00&to=2026-11-20T21:00&format=csv';
let app: FastifyInstance;
/** Each lets one reading of the log go on. */
let waiting: (() => void)[] = [];
let positions: PositionsLeft = 'whole';

/** Routes on a log that gives nothing until it is let. */
beforeEach(async () => {
  waiting = [];
  positions = 'whole';
  app = Fastify({ forceCloseConnections: true });
  dataRoutes(app, {
    city: { id: 'city', timeZone: 'Asia/Shanghai', name: { zh: '市', en: 'City' } } as City,
    world: { sources: new Map() },
    desk: new ExportDesk(),
    history: {
      minutesWithRecords: () => [minuteNo(1)],
      seqsOf: () => [seqNo(1)],
      minute: () => Promise.resolve('notYet'),
      positionsLeft: () => positions,
    },
    log: {
      // oxlint-disable-next-line require-yield -- it gives nothing, only late
      read: async function* () {
        await new Promise<void>((resolve) => waiting.push(resolve));
      },
    },
  } satisfies DataRoutesParts);
  await app.listen({ port: 0 });
});
afterEach(() => app.close());

const ask = (signal?: AbortSignal): Promise<Response> =>
  fetch(
    `http://localhost:${(app.server.address() as { port: number }).port}${FILE}`,
    signal === undefined ? {} : { signal },
  );
const until = async (look: () => boolean): Promise<void> => {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('makes two files at a time, tells a third so, and has a place again when one is done or given up', async () => {
  const givenUp = new AbortController();
  const first = ask();
  const second = ask(givenUp.signal).then((answer) => answer.text());
  await until(() => waiting.length === 2);
  const third = await ask();
  expect([third.status, await third.json()]).toMatchObject([429, { code: 'export.busy' }]);
  givenUp.abort();
  await expect(second).rejects.toThrow('abort');
  waiting[1]?.();
  const again: Promise<number>[] = [];
  // Until the gateway has heard that the second one is gone, the answer is the same as before.
  for (; waiting.length < 3; await new Promise((resolve) => setTimeout(resolve, 5)))
    if (again.length === 0 || (await Promise.race([again.at(-1), 'waits'])) === 429)
      again.push(ask().then(({ status }) => status));
  for (const letGo of waiting) letGo();
  expect([(await first).status, await again.at(-1)]).toEqual([200, 200]);
});

it('says that positions are gone, and in the name of the file that they are thinned', async () => {
  positions = 'forgotten';
  const gone = await ask();
  expect([gone.status, await gone.json()]).toMatchObject([410, { code: 'export.range.forgotten' }]);
  positions = 'thinned';
  const thinned = ask();
  await until(() => waiting.length === 1);
  waiting[0]?.();
  expect((await thinned).headers.get('content-disposition')).toContain('_positions-thinned.csv');
});

it('gives the place back when nobody takes anything of the file any more, but not while there is nothing to be taken', async () => {
  const told: string[] = [];
  const sleepers = Fastify({ forceCloseConnections: true });
  sleepers.get('/', (_, reply) => {
    const { raw } = reply;
    async function* pieces(): AsyncGenerator<Uint8Array> {
      // Longer than anybody may sleep it is still being made.
      await once(raw, 'timeout');
      told.push('made');
      for (;;) yield new Uint8Array(256 * 1_024);
    }
    return reply.send(stream(pieces(), { leave: () => told.push('left'), response: raw, stalledMs: 40 }));
  });
  await sleepers.listen({ port: 0 });
  const client = connect((sleepers.server.address() as { port: number }).port);
  client.pause().write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  await until(() => told.includes('left'));
  expect(told).toEqual(['made', 'left']);
  client.destroy();
  await sleepers.close();
});
