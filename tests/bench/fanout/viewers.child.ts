import { WebSocket } from 'ws';
import { waitUntil } from '../../support/wait-until.ts';
import { answerParent, sharedNow } from '../support/child.ts';
import { ANSWER_EVERY_FRAMES } from '@maplewall/shared/wire/up.ts';
import { drawnPacket, RawViewers } from '../support/raw-viewer.ts';
import { WAYS, type ViewersAnswer, type ViewersRequest, type Way } from './protocol.ts';

/** At most so many are being opened at once. */
const OPENING = 50;

/** When each viewer of a way had each frame; the first is at place 0. */
const arrivals: Record<Way, number[][]> = { ours: [], json: [], ws: [], silentWs: [] };
const bytes: Record<Way, number> = { ours: 0, json: 0, ws: 0, silentWs: 0 };

const rawViewers = new RawViewers();

/** Notes that a viewer holds all frames up to this one; ours may bring several in one message. */
function arrived(way: Way, times: number[], frame: number, length: number): void {
  const now = sharedNow();
  while (times.length < frame) times.push(now);
  bytes[way] = length;
}

async function openOne(way: Way, viewer: number, port: number): Promise<void> {
  const times: number[] = [];
  arrivals[way][viewer] = times;
  if (way === 'ours') {
    await rawViewers.open(port, {
      onFrame: (frame, length) => arrived(way, times, frame, length),
    });
    return;
  }
  const isJson = way === 'json';
  const path = isJson ? '/socket.io/?EIO=4&transport=websocket' : '';
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => {
      throw new Error(`a viewer of ${way} was closed: ${code}`);
    });
    socket.on('open', () => {
      if (!isJson) resolve();
    });
    socket.on('message', (message: Buffer) => {
      // Packets of Engine.IO: 0 open, 2 ping, 4 message; of socket.io in it: 0 connected, 2 event. None is looked into.
      if (!isJson || message.length > 1_000) {
        arrived(way, times, times.length + 1, message.length);
        if (way === 'ws' && times.length % ANSWER_EVERY_FRAMES === 0) socket.send(answerTo(times.length));
      } else if (message[0] === 0x30) socket.send('40');
      else if (message[0] === 0x32) socket.send('3');
      else resolve();
    });
  });
}

/** Made once for all viewers, as for ours. */
function answerTo(frame: number): Buffer {
  if (lastAnswer.frame !== frame) lastAnswer = { frame, packet: drawnPacket(frame) };
  return lastAnswer.packet;
}
let lastAnswer = { frame: 0, packet: drawnPacket(0) };

async function openAll(way: Way, port: number, count: number): Promise<void> {
  for (let first = 0; first < count; first += OPENING) {
    const many = Math.min(OPENING, count - first);
    await Promise.all(Array.from({ length: many }, (_, index) => openOne(way, first + index, port)));
  }
}

/** Waits until everybody holds the last of these frames, and tells when they had them. */
async function take(way: Way, frames: number, last: number): Promise<ViewersAnswer> {
  await waitUntil(`everybody holds frame ${last} of ${way}`, () =>
    arrivals[way].every((times) => times.length >= last),
  );
  return {
    arrivedAt: arrivals[way].map((times) => Float64Array.from(times.slice(last - frames, last))),
    bytesPerFrame: bytes[way],
  };
}

answerParent(async (request: ViewersRequest) => {
  if (request.type === 'take') return take(request.way, request.frames, request.last);
  for (const way of WAYS) await openAll(way, request.ports[way], request.count);
  return take('ours', 0, 0);
});
