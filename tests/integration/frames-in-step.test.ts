import { afterAll, beforeAll, expect, it } from 'vitest';
import { io, type Socket } from 'socket.io-client';
import * as parser from 'socket.io-msgpack-parser';
import { CREDIT_FRAMES } from '@maplewall/server/gateway/viewer.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { frameKind } from '@maplewall/shared/frame/frame-kind.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import type { DownMessages } from '@maplewall/shared/wire/down.ts';
import type { UpMessages } from '@maplewall/shared/wire/up.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { bodyOf, sure } from '../support/segments.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { waitUntil } from '../support/wait-until.ts';

/** A viewer with socket.io's own client. */
interface Viewer {
  readonly socket: Socket<DownMessages, UpMessages>;
  readonly envelopes: Uint8Array[];
  /** The frame that each envelope left, and the one that it began from; a keyframe begins from nothing. */
  readonly steps: { readonly from: number; readonly to: number }[];
}

let gateway: TestGateway;
const viewers: Viewer[] = [];

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(async () => {
  for (const { socket } of viewers) socket.disconnect();
  await gateway.stop();
});

function watch(transport: 'websocket' | 'polling', answers: boolean): Viewer {
  const socket: Socket<DownMessages, UpMessages> = io(gateway.url, {
    parser,
    transports: [transport],
    forceNew: true,
  });
  const viewer: Viewer = { socket, envelopes: [], steps: [] };
  viewers.push(viewer);
  socket.on('connect', () => socket.emit('hello', { wireVersion: WIRE_VERSION }));
  socket.on('frame', (given) => {
    const envelope = new Uint8Array(given);
    const step = stepOf(bodyOf(envelope));
    viewer.envelopes.push(envelope);
    viewer.steps.push(step);
    if (answers) socket.emit('drawn', { frame: step.to as never });
  });
  return viewer;
}

function stepOf(body: Uint8Array): { readonly from: number; readonly to: number } {
  if (frameKind(body) === 'keyframe') return { from: 0, to: sure(decodeKeyframe(body)).frame };
  const { from, to } = sure(decodeFrame(body));
  return { from, to };
}

it('viewers over WebSocket and over polling get the same bytes for as long as they answer, and nobody else does', async () => {
  const overWebSocket = watch('websocket', true);
  const overPolling = watch('polling', true);
  const silent = watch('websocket', false);
  const frames = CREDIT_FRAMES + 4;
  await waitUntil('both have had more frames than the credit', () =>
    [overWebSocket, overPolling].every(({ steps }) => steps.length >= frames),
  );

  for (const { steps } of [overWebSocket, overPolling]) {
    expect(steps[0]?.from).toBe(0);
    for (const [index, { from }] of steps.slice(1).entries()) expect(from).toBe(steps[index]?.to);
  }
  const inCommon = overWebSocket.steps.flatMap(({ from, to }, index) => {
    const other = overPolling.steps.findIndex((step) => step.from === from && step.to === to && from > 0);
    return other === -1 ? [] : [[overWebSocket.envelopes[index], overPolling.envelopes[other]] as const];
  });
  expect(inCommon.length).toBeGreaterThan(CREDIT_FRAMES);
  for (const [one, other] of inCommon) expect(one).toEqual(other);
  expect(silent.steps).toHaveLength(CREDIT_FRAMES);
  expect(gateway.gateway.sockets.refusals()).toBe(0);

  silent.socket.emit('drawn', { frame: silent.steps.at(-1)?.to as never });
  const caughtUp = await waitUntil(
    'the silent one is told what it missed',
    () => silent.steps[CREDIT_FRAMES],
  );
  expect(caughtUp.from === 0 || caughtUp.from === silent.steps[CREDIT_FRAMES - 1]?.to).toBe(true);
  expect(caughtUp.to).toBeGreaterThanOrEqual(overWebSocket.steps[frames - 1]?.to ?? Number.NaN);
});
