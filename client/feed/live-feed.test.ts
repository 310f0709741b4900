import { deflateRawSync } from 'node:zlib';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, frameNo, type EpochMs, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { encodeFrame } from '@maplewall/shared/frame/encode-frame.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import type { Hello, Report } from '@maplewall/shared/wire/up.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { describe, expect, it, vi } from 'vitest';
import type { FeedBatch, FeedState } from './feed.ts';
import { LiveFeed } from './live-feed.ts';
import type { LiveSocketEvents } from './live-socket.ts';
import { ManualTimer, settle } from './manual-timer.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';

const SERVER = 1_795_435_200_000;

/** A gateway with levers: sockets are opened to it, and it says what a test tells it to say. */
class Gateway {
  readonly hellos: Hello[] = [];
  readonly drawn: FrameNo[] = [];
  reports = 0;
  readonly world = emptyWorld();
  readonly builder = new FrameBuilder(this.world);
  readonly timer: ManualTimer;
  /** The socket that is open now. */
  viewer: LiveSocketEvents | undefined;
  run = 'run-1';

  constructor(timer: ManualTimer) {
    this.timer = timer;
  }

  now(): EpochMs {
    return epochMs(SERVER + this.timer.now());
  }

  open = (viewer: LiveSocketEvents) => {
    this.viewer = viewer;
    return {
      hello: (hello: Hello) => this.hellos.push(hello),
      drawn: (frame: FrameNo) => this.drawn.push(frame),
      report: () => {
        this.reports += 1;
      },
      close: () => {
        if (this.viewer === viewer) this.viewer = undefined;
      },
    };
  };

  async welcome(): Promise<void> {
    this.viewer?.onOpen();
    this.viewer?.onWelcome({ wireVersion: WIRE_VERSION, run: this.run, build: 'b', serverTime: this.now() });
    await settle();
  }

  async keyframe(): Promise<void> {
    const { to } = this.builder.cut(this.now());
    await this.#send(encodeKeyframe(this.world, to), false);
  }

  async frame(isDeflated = false): Promise<void> {
    await this.#send(encodeFrame(this.builder.cut(this.now())), isDeflated);
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.viewer?.onFrame(new Uint8Array(bytes));
    await settle();
    await settle();
  }

  async #send(body: Uint8Array, isDeflated: boolean): Promise<void> {
    await this.send(putInEnvelope(isDeflated ? deflateRawSync(body) : body, isDeflated));
  }
}

class Screen {
  readonly batches: FeedBatch[] = [];
  readonly states: FeedState[] = [];
  outcome: Result<void> = ok(undefined);
  onBatch = (batch: FeedBatch): Result<void> => {
    this.batches.push(batch);
    return this.outcome;
  };
  onState = (state: FeedState): void => {
    this.states.push(state);
  };
}

function start() {
  const timer = new ManualTimer();
  const gateway = new Gateway(timer);
  const screen = new Screen();
  const feed = new LiveFeed({ openSocket: gateway.open, timer, random: () => 0 });
  feed.start(screen);
  return { timer, gateway, screen, feed };
}

describe('the live feed', () => {
  it('[FED1] [FED2] brings a keyframe, then frames in order, and says what it has drawn', async () => {
    const { gateway, screen, feed, timer } = start();
    expect(feed.state.kind).toBe('connecting');
    await gateway.welcome();
    expect(gateway.hellos).toEqual([{ wireVersion: WIRE_VERSION }]);
    await gateway.keyframe();
    await timer.pass(1_000);
    await gateway.frame();
    await gateway.frame(true);
    await vi.waitFor(() => {
      expect(gateway.drawn).toHaveLength(2);
    });
    expect(screen.batches.map(({ keyframe, frames }) => keyframe?.frame ?? frames[0]?.to)).toEqual([1, 2, 3]);
    expect(gateway.drawn).toEqual([1, 3]);
    expect(feed.state).toEqual({ kind: 'live' });
  });

  it('keeps the order when a frame takes long to inflate', async () => {
    const { gateway, screen } = start();
    await gateway.welcome();
    await gateway.keyframe();
    const bodies = [gateway.builder.cut(gateway.now()), gateway.builder.cut(gateway.now())].map(encodeFrame);
    const [slow = new Uint8Array(), fast = new Uint8Array()] = bodies;
    gateway.viewer?.onFrame(new Uint8Array(putInEnvelope(deflateRawSync(slow), true)));
    gateway.viewer?.onFrame(new Uint8Array(putInEnvelope(fast, false)));
    await vi.waitFor(() => {
      expect(screen.batches).toHaveLength(3);
    });
    expect(screen.batches.slice(1).map(({ frames }) => frames[0]?.to)).toEqual([2, 3]);
  });

  it('is behind when frames stop and lost when the line breaks, both since the newest frame that is shown', async () => {
    const { gateway, feed, timer } = start();
    await gateway.welcome();
    await gateway.keyframe();
    await timer.pass(6_000);
    expect(feed.state).toEqual({ kind: 'behind', since: SERVER });
    gateway.viewer?.onClose();
    expect(feed.state).toMatchObject({ kind: 'lost', since: SERVER, retryAt: SERVER + 7_000 });
    await timer.pass(1_500);
    await gateway.welcome();
    expect(feed.state).toEqual({ kind: 'behind', since: SERVER });
  });

  it('comes back by itself and names the frame it holds', async () => {
    const { gateway, feed, timer } = start();
    await gateway.welcome();
    await gateway.keyframe();
    gateway.viewer?.onClose();
    await timer.pass(1_500);
    await gateway.welcome();
    expect(gateway.hellos.at(-1)).toEqual({ wireVersion: WIRE_VERSION, run: 'run-1', frame: 1 });
    await gateway.frame();
    expect(gateway.drawn).toEqual([1, 2]);
    expect(feed.state.kind).toBe('live');
  });

  it('gives up a line on which nothing is heard for fifteen seconds', async () => {
    const { gateway, feed, timer } = start();
    await gateway.welcome();
    await gateway.keyframe();
    await timer.pass(15_500);
    expect(gateway.viewer).toBeUndefined();
    expect(feed.state.kind).toBe('lost');
  });

  it('[FED3] asks for everything when a batch could not be applied', async () => {
    const { gateway, screen, timer } = start();
    await gateway.welcome();
    await gateway.keyframe();
    screen.outcome = fail('frame.outOfOrder');
    await gateway.frame();
    screen.outcome = ok(undefined);
    expect(gateway.drawn).toEqual([1]);
    await timer.pass(1_500);
    await gateway.welcome();
    expect(gateway.hellos.at(-1)).toEqual({ wireVersion: WIRE_VERSION });
  });

  it.each([
    ['an unknown mark', Uint8Array.of(9, 1, 2)],
    ['nothing', new Uint8Array()],
    ['no frame', Uint8Array.of(0, 1, 2, 3)],
    ['bytes that do not inflate', Uint8Array.of(1, 0xff, 0xff, 0xff)],
  ])('does not fall over %s in an envelope', async (_, bytes) => {
    const { gateway, screen, feed } = start();
    await gateway.welcome();
    await gateway.keyframe();
    await gateway.send(bytes);
    await vi.waitFor(() => {
      expect(feed.state.kind).toBe('lost');
    });
    expect(screen.batches).toHaveLength(1);
  });

  it('says why it was refused, and tries again after half a minute', async () => {
    const { gateway, feed, timer } = start();
    gateway.viewer?.onOpen();
    gateway.viewer?.onRefused({ code: 'wireVersion', sentence: 'too old' });
    expect(feed.state).toEqual({
      kind: 'refused',
      since: undefined,
      code: 'wireVersion',
      sentence: 'too old',
    });
    await timer.pass(29_000);
    expect(gateway.viewer).toBeUndefined();
    await timer.pass(2_000);
    await gateway.welcome();
    await gateway.keyframe();
    expect(feed.state.kind).toBe('live');
  });

  it('says while it is refused since when nothing new is shown', async () => {
    const { gateway, feed, timer } = start();
    await gateway.welcome();
    await gateway.keyframe();
    await timer.pass(2_000);
    const refusal = { code: 'access', sentence: 'no' } as const;
    gateway.viewer?.onRefused(refusal);
    expect(feed.state).toEqual({ kind: 'refused', since: SERVER, ...refusal });
    await timer.pass(31_000);
    gateway.viewer?.onRefused(refusal);
    await timer.pass(5_000);
    expect(feed.state).toEqual({ kind: 'refused', since: SERVER, ...refusal });
  });

  it('passes a report on while its connection runs, and not before or after', async () => {
    const { gateway, feed, timer } = start();
    const report = {} as Report;
    feed.report(report);
    await gateway.welcome();
    await gateway.keyframe();
    feed.report(report);
    gateway.viewer?.onClose();
    await timer.pass(250);
    feed.report(report);
    expect(gateway.reports).toBe(1);
  });

  it('[FED4] shows the server’s time, which never steps back', async () => {
    const { gateway, feed, timer } = start();
    expect(feed.shownAt()).toBe(0);
    await gateway.welcome();
    let last = 0;
    for (let second = 0; second < 20; second++) {
      await timer.pass(1_000);
      const late = gateway.builder.cut(epochMs(gateway.now() - (second % 4) * 200));
      await gateway.send(putInEnvelope(encodeFrame(late), false));
      expect(feed.shownAt()).toBeGreaterThanOrEqual(last);
      last = feed.shownAt();
    }
    expect(Math.abs(last - gateway.now())).toBeLessThan(100);
  });

  it('[FED5] is silent after stop', async () => {
    const { gateway, screen, feed, timer } = start();
    await gateway.welcome();
    const { viewer } = gateway;
    feed.stop();
    const told = screen.states.length;
    viewer?.onFrame(new Uint8Array(putInEnvelope(encodeKeyframe(gateway.world, frameNo(0)), false)));
    viewer?.onClose();
    await timer.pass(60_000);
    expect(screen.batches).toEqual([]);
    expect(screen.states).toHaveLength(told);
  });
});
