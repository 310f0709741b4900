import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { AdminDoor } from '@maplewall/server/access/admin-door.ts';
import { ScreenTokens } from '@maplewall/server/access/screen-tokens.ts';
import { ViewerDoor } from '@maplewall/server/access/viewer-door.ts';
import { systemClock } from '@maplewall/server/clock.ts';
import { EncodeOnce } from '@maplewall/server/gateway/encode-once.ts';
import { startGateway } from '@maplewall/server/gateway/sockets.ts';
import { memoryLog } from '@maplewall/server/log/memory-log.ts';
import { FrameCutter } from '@maplewall/server/projection/frame-cutter.ts';
import { WorldKeeper } from '@maplewall/server/projection/world-keeper.ts';
import { WallRegistry } from '@maplewall/server/screens/walls.ts';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { FixColumns } from '@maplewall/shared/domain/position.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { answerParent, cpuMs, sharedNow } from '../support/child.ts';
import { Walkers } from '../support/walkers.ts';
import type { ServerAnswer, ServerRequest, Way } from './protocol.ts';

/** As many as the article names. */
const PEOPLE = 2_568;
const MAX_LATER_CUTS = 20;
/** Frames between two looks at the usage, at most. */
const PREPARED = 10;
const SOURCE = 'bench' as SourceId;

const logger = pino({ level: 'error' });

async function listen(server: HttpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** From the log to the newest frame: what the gateway does with fixes, whoever carries the bytes. */
async function makeProjection(walkers: Walkers) {
  const log = memoryLog();
  const keeper = await WorldKeeper.open(log, join(tmpdir(), 'maplewall-bench-none', 'world.snapshot'));
  const receivedAt = systemClock.now();
  await log.append(
    walkers.ids.map((responderId) => ({
      type: 'event',
      at: receivedAt,
      receivedAt,
      source: SOURCE,
      mode: 'Test',
      key: '',
      event: {
        kind: 'responder.checkedIn',
        responderId,
        responderKind: 'volunteer',
        callSign: responderId,
      },
    })),
  );
  const cutter = new FrameCutter(keeper, systemClock, logger);
  // So many check-ins are no frame; whoever comes later begins with a keyframe.
  cutter.cutNow();
  return {
    keeper,
    cutter,
    take: (fixes: FixColumns) =>
      log.append([
        {
          type: 'positions',
          at: epochMs((fixes.fixAtSeconds[0] ?? 0) * 1_000),
          receivedAt: systemClock.now(),
          source: SOURCE,
          mode: 'Test',
          key: '',
          fixes,
        },
      ]),
  };
}

const walkers = new Walkers(PEOPLE);
let second = Math.floor(systemClock.now() / 1_000);

async function startOurs() {
  const { keeper, cutter, take } = await makeProjection(walkers);
  const http = createServer();
  const folder = await mkdtemp(join(tmpdir(), 'maplewall-bench-'));
  const adminDoor = new AdminDoor({ isRight: () => false, close: () => undefined }, systemClock.now);
  const screenTokens = await ScreenTokens.open(join(folder, 'screens.json'));
  await rm(folder, { recursive: true });
  const { viewers } = startGateway({
    http,
    keeper,
    cutter,
    clock: systemClock,
    logger,
    build: 'bench',
    viewerDoor: new ViewerDoor({ viewers: 'open', screenTokens, adminDoor }),
    watch: new WallRegistry({ now: systemClock.now, screens: () => screenTokens.screens() }),
  });
  return {
    port: await listen(http),
    send: async (fixes: FixColumns) => {
      await take(fixes);
      cutter.cutNow();
    },
    last: () => keeper.lastFrame,
    // Whoever has used up the credit on a busy machine hears more at a later cut; these are the later ones.
    settle: async () => {
      for (let cuts = 0; cuts < MAX_LATER_CUTS && viewers.waiting > 0; cuts += 1) {
        await wait(1_000);
        cutter.cutNow();
      }
    },
  };
}

async function startJson() {
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  let sent = 0;
  return {
    port: await listen(http),
    send: async (fixes: FixColumns) => {
      const updates = Array.from({ length: fixes.count }, (_, row) => ({
        id: fixes.responders[fixes.who[row] ?? 0],
        lng: (fixes.lngE5[row] ?? 0) / 100_000,
        lat: (fixes.latE5[row] ?? 0) / 100_000,
        at: (fixes.fixAtSeconds[row] ?? 0) * 1_000,
      }));
      io.emit('positions', updates);
      sent += 1;
    },
    last: () => sent,
    settle: async () => undefined,
  };
}

async function startWs() {
  const { keeper, cutter, take } = await makeProjection(walkers);
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  const encodeOnce = new EncodeOnce(keeper);
  let sent = 0;
  // Answers are read from the connection and thrown away.
  server.on('connection', (socket) => socket.on('message', () => undefined));
  cutter.onCut((cut) => {
    encodeOnce.onCut(cut);
    if (cut.type !== 'frame') return;
    const envelope = encodeOnce.newest(cut.frame.to);
    for (const client of server.clients) client.send(envelope);
    sent += 1;
  });
  return {
    port: await listen(http),
    send: async (fixes: FixColumns) => {
      await take(fixes);
      cutter.cutNow();
    },
    last: () => sent,
    settle: async () => undefined,
  };
}

const ways = {
  ours: await startOurs(),
  json: await startJson(),
  ws: await startWs(),
  silentWs: await startWs(),
};

/** Where everybody is in the seconds to come: made beforehand, because people move without costing the server anything. */
const ahead: FixColumns[] = [];

function prepare(): void {
  while (ahead.length < PREPARED) {
    second += 1;
    ahead.push(walkers.step(second));
  }
}

async function send(way: Way, frames: number, everyMs: number): Promise<Float64Array> {
  const { send: sendOne } = ways[way];
  const sentAt = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const fixes = ahead.shift();
    if (fixes === undefined) throw new Error(`only ${PREPARED} frames are prepared`);
    sentAt[frame] = sharedNow();
    await sendOne(fixes);
    await wait(Math.max(0, everyMs - (sharedNow() - (sentAt[frame] ?? 0))));
  }
  return sentAt;
}

const ports = {
  ours: ways.ours.port,
  json: ways.json.port,
  ws: ways.ws.port,
  silentWs: ways.silentWs.port,
};

answerParent(async (request: ServerRequest): Promise<ServerAnswer> => {
  if (request.type === 'usage') prepare();
  const sentAt =
    request.type === 'send' ? await send(request.way, request.frames, request.everyMs) : new Float64Array();
  const last = request.type === 'send' ? ways[request.way].last() : 0;
  if (request.type === 'send') await ways[request.way].settle();
  return { ports, cpuMs: cpuMs(), nowMs: sharedNow(), sentAt, last };
});
