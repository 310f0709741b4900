import { ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, type EpochMs, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { frameKind } from '@maplewall/shared/frame/frame-kind.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import type { Report } from '@maplewall/shared/wire/up.ts';
import { newConnection, step, type Connection, type ConnectionEvent } from './connection.ts';
import type { Feed, FeedBatch, FeedCapabilities, FeedListener, FeedState } from './feed.ts';
import type { LiveSocket, OpenLiveSocket } from './live-socket.ts';
import { openBody } from './open-body.ts';
import { ServerClock } from './server-clock.ts';
import type { Timer } from './timer.ts';

/** The picture is not the present any more when the newest frame is older than this. */
export const BEHIND_AFTER_MS = 3_000;
const BEAT_MS = 250;

export interface LiveFeedOptions {
  readonly openSocket: OpenLiveSocket;
  readonly timer: Timer;
  /** From 0 up to 1, for the waits between attempts. */
  readonly random: () => number;
  /** Names the client build that the gateway serves, at each welcome. */
  readonly onBuild?: (build: string) => void;
}

/** The present, from the gateway's socket. Joins connection.ts, which decides, to the socket, which does. */
export class LiveFeed implements Feed {
  readonly capabilities: FeedCapabilities = { showsPresent: true, canSeek: false, canSetSpeed: false };
  readonly playback = undefined;
  readonly #options: LiveFeedOptions;
  readonly #clock = new ServerClock();
  #connection: Connection = newConnection();
  #state: FeedState = { kind: 'connecting', attempt: 1 };
  #socket: LiveSocket | undefined;
  /** Distinguishes envelopes of the present socket from those of one that was given up. */
  #socketNo = 0;
  /** Envelopes are opened one after the other, because inflating takes a while. */
  #queue: Promise<void> = Promise.resolve();
  #newestAt: EpochMs = epochMs(0);
  #listener: FeedListener | undefined;
  #stopBeat: (() => void) | undefined;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  get state(): FeedState {
    return this.#state;
  }

  shownAt(): EpochMs {
    return this.#clock.at(this.#options.timer.now());
  }

  start(listener: FeedListener): void {
    this.#listener = listener;
    this.#stopBeat = this.#options.timer.every(BEAT_MS, () => {
      this.#happened({ kind: 'tick', now: this.#now(), random: this.#options.random() });
    });
    this.#happened({ kind: 'start', now: this.#now() });
  }

  stop(): void {
    this.#listener = undefined;
    this.#stopBeat?.();
    this.#happened({ kind: 'stop' });
  }

  /** Tells the gateway how this screen does; unsaid where no connection runs. */
  report(report: Report): void {
    if (this.#connection.phase === 'running') this.#socket?.report(report);
  }

  #now(): number {
    return this.#options.timer.now();
  }

  #happened(event: ConnectionEvent): void {
    const { connection, effects } = step(this.#connection, event);
    this.#connection = connection;
    for (const effect of effects)
      switch (effect.do) {
        case 'open':
          this.#open();
          break;
        case 'close':
          this.#socketNo += 1;
          this.#socket?.close();
          this.#socket = undefined;
          break;
        case 'hello':
          this.#socket?.hello(effect.hello);
          break;
        case 'drawn':
          this.#socket?.drawn(effect.frame);
          break;
      }
    this.#tellState();
  }

  #open(): void {
    this.#socketNo += 1;
    const socketNo = this.#socketNo;
    const ifPresent = (act: () => void): void => {
      if (socketNo === this.#socketNo) act();
    };
    this.#socket = this.#options.openSocket({
      onOpen: () => {
        ifPresent(() => {
          this.#happened({ kind: 'opened', now: this.#now() });
        });
      },
      onWelcome: (welcome) => {
        ifPresent(() => {
          this.#clock.addSample(welcome.serverTime, this.#now());
          this.#happened({ kind: 'welcome', now: this.#now(), run: welcome.run });
          this.#options.onBuild?.(welcome.build);
        });
      },
      onFrame: (envelope) => {
        ifPresent(() => {
          this.#happened({ kind: 'heard', now: this.#now() });
        });
        const heardAt = this.#now();
        this.#queue = this.#queue.then(() => this.#take(envelope, socketNo, heardAt));
      },
      onRefused: (refusal) => {
        ifPresent(() => {
          this.#happened({ kind: 'refused', now: this.#now(), refusal });
        });
      },
      onClose: () => {
        ifPresent(() => {
          this.#happened({ kind: 'closed', now: this.#now(), random: this.#options.random() });
        });
      },
    });
  }

  /** Opens one envelope and hands on what is in it. Never rejects: whatever is unfit asks for a keyframe. */
  async #take(envelope: Uint8Array<ArrayBuffer>, socketNo: number, heardAt: number): Promise<void> {
    const isPresent = (): boolean => socketNo === this.#socketNo && this.#connection.phase === 'running';
    if (!isPresent()) return;
    const opened = await openBody(envelope);
    if (!isPresent()) return;
    const outcome = opened.ok ? this.#apply(opened.value, heardAt) : opened;
    if (outcome.ok) this.#happened({ kind: 'applied', frame: outcome.value });
    else this.#happened({ kind: 'unfit', now: this.#now(), random: this.#options.random() });
  }

  #apply(body: Uint8Array, heardAt: number): Result<FrameNo> {
    if (frameKind(body) === 'keyframe') {
      const keyframe = decodeKeyframe(body);
      if (!keyframe.ok) return keyframe;
      const { frame, world } = keyframe.value;
      return this.#hand({ keyframe: keyframe.value, frames: [], jumped: false }, frame, world.at);
    }
    const frame = decodeFrame(body);
    if (!frame.ok) return frame;
    this.#clock.addSample(frame.value.at, heardAt);
    return this.#hand(
      { keyframe: undefined, frames: [frame.value], jumped: false },
      frame.value.to,
      frame.value.at,
    );
  }

  #hand(batch: FeedBatch, frame: FrameNo, at: EpochMs): Result<FrameNo> {
    const applied = this.#listener?.onBatch(batch) ?? ok(undefined);
    if (!applied.ok) return applied;
    this.#newestAt = at;
    return ok(frame);
  }

  #tellState(): void {
    const state = this.#stateNow();
    if (isSameState(state, this.#state)) return;
    this.#state = state;
    this.#listener?.onState(state);
  }

  #stateNow(): FeedState {
    const { phase, lostAt, retryAt, heardAt, attempt, refusal } = this.#connection;
    const newestAt = this.#newestAt;
    if (refusal !== undefined)
      return { kind: 'refused', since: newestAt === 0 ? undefined : newestAt, ...refusal };
    if (newestAt === 0) return { kind: 'connecting', attempt: Math.max(1, attempt) };
    if (lostAt !== undefined)
      return {
        kind: 'lost',
        since: newestAt,
        retryAt: this.#clock.toServerTime(phase === 'waiting' ? retryAt : heardAt),
        attempt: Math.max(1, attempt),
      };
    return this.shownAt() - newestAt > BEHIND_AFTER_MS
      ? { kind: 'behind', since: newestAt }
      : { kind: 'live' };
  }
}

/** The moment of the next attempt counts as the same when our estimate of the server's clock moved it by less than a second. */
function isSameState(one: FeedState, other: FeedState): boolean {
  if (one.kind === 'lost' && other.kind === 'lost')
    return (
      one.attempt === other.attempt &&
      one.since === other.since &&
      Math.abs(one.retryAt - other.retryAt) < 1000
    );
  return JSON.stringify(one) === JSON.stringify(other);
}
