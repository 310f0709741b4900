import { setTimeout as wait } from 'node:timers/promises';
import { median, quantile, type Bench } from './bench.ts';
import {
  WAYS,
  type ServerAnswer,
  type ServerRequest,
  type ViewersAnswer,
  type ViewersRequest,
  type Way,
} from './fanout/protocol.ts';
import { startChild, type Child } from './support/child.ts';

const VIEWERS = 1_000;
const QUICK_VIEWERS = 400;
const IDLE_MS = 300;
const IDLE_LOOKS = 5;

type Server = Child<ServerRequest, ServerAnswer>;
type Viewers = Child<ViewersRequest, ViewersAnswer>;

interface Pace {
  readonly frames: number;
  readonly everyMs: number;
}

const WARM_UP: Pace = { frames: 3, everyMs: 300 };

interface Cost {
  readonly microsPerViewerFrame: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
}

/**
 * The share of a core that the server uses while nothing is sent: the median of several short looks, because what went before
 * leaves the collector and the compiler something to do.
 */
async function idleShare(server: Server): Promise<number> {
  const shares: number[] = [];
  for (let look = 0; look < IDLE_LOOKS; look += 1) {
    const before = await server.ask({ type: 'usage' });
    await wait(IDLE_MS);
    const after = await server.ask({ type: 'usage' });
    shares.push((after.cpuMs - before.cpuMs) / (after.nowMs - before.nowMs));
  }
  return median(shares);
}

/** Sends frames and waits until everybody has them. */
async function send(
  way: Way,
  server: Server,
  viewers: Viewers,
  pace: Pace,
): Promise<ServerAnswer & ViewersAnswer> {
  const sent = await server.ask({ type: 'send', way, ...pace });
  return { ...sent, ...(await viewers.ask({ type: 'take', way, frames: pace.frames, last: sent.last })) };
}

async function measure(way: Way, server: Server, viewers: Viewers, idle: number, pace: Pace): Promise<Cost> {
  // The first frame after a pause finds cold caches and small buffers.
  await send(way, server, viewers, { frames: 1, everyMs: pace.everyMs });
  const before = await server.ask({ type: 'usage' });
  const { sentAt, arrivedAt, bytesPerFrame } = await send(way, server, viewers, pace);
  const after = await server.ask({ type: 'usage' });
  const delays: number[] = [];
  for (const times of arrivedAt)
    for (const [frame, at] of times.entries()) delays.push(at - (sentAt[frame] ?? Number.NaN));
  const cpuMs = after.cpuMs - before.cpuMs - idle * (after.nowMs - before.nowMs);
  return {
    microsPerViewerFrame: (cpuMs * 1_000) / delays.length,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    bytes: bytesPerFrame,
  };
}

export const bench: Bench = {
  name: 'fanout',
  what:
    '1,000 viewers, one frame a second, 2,568 people who all move: processor time of the server for each viewer and frame ' +
    '(making the frame and reading the answers included) and the delay until the viewer has it, against a JSON array ' +
    'by socket.io, and against `ws` alone with the same bytes and the same answers (silent: without the answers)',
  goals: { cpuRatioToWs: { max: 1.5 }, cpuRatioToJson: { max: 0.3333 }, p99RatioToJson: { max: 0.25 } },
  start: async ({ quick }) => {
    const pace = quick ? { frames: 3, everyMs: 400 } : { frames: 8, everyMs: 1_000 };
    const count = quick ? QUICK_VIEWERS : VIEWERS;
    const server = startChild<ServerRequest, ServerAnswer>(
      new URL('fanout/server.child.ts', import.meta.url),
    );
    const viewers = startChild<ViewersRequest, ViewersAnswer>(
      new URL('fanout/viewers.child.ts', import.meta.url),
    );
    const { ports } = await server.ask({ type: 'usage' });
    await viewers.ask({ type: 'open', ports, count });
    for (const way of WAYS) {
      await server.ask({ type: 'usage' });
      await send(way, server, viewers, WARM_UP);
    }
    const idle = await idleShare(server);
    return {
      run: async () => {
        const ours = await measure('ours', server, viewers, idle, pace);
        const json = await measure('json', server, viewers, idle, pace);
        const ws = await measure('ws', server, viewers, idle, pace);
        const silentWs = await measure('silentWs', server, viewers, idle, pace);
        return {
          cpuRatioToWs: ours.microsPerViewerFrame / ws.microsPerViewerFrame,
          cpuRatioToJson: ours.microsPerViewerFrame / json.microsPerViewerFrame,
          p99RatioToJson: ours.p99 / json.p99,
          cpuRatioToSilentWs: ours.microsPerViewerFrame / silentWs.microsPerViewerFrame,
          idlePercent: idle * 100,
          oursMicros: ours.microsPerViewerFrame,
          jsonMicros: json.microsPerViewerFrame,
          wsMicros: ws.microsPerViewerFrame,
          silentWsMicros: silentWs.microsPerViewerFrame,
          oursBytes: ours.bytes,
          jsonBytes: json.bytes,
          oursP50Ms: ours.p50,
          jsonP50Ms: json.p50,
          wsP50Ms: ws.p50,
          oursP99Ms: ours.p99,
          jsonP99Ms: json.p99,
          wsP99Ms: ws.p99,
        };
      },
      stop: async () => {
        await viewers.stop();
        await server.stop();
      },
    };
  },
};
