import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Playback } from '../../feed/feed.ts';
import { beforeEach, expect, it } from 'vitest';
import { JoinedPlayback, type Side } from './joined-playback.ts';

/** A replay by a clock that the test winds; bytes are missing from `missingFrom` on. */
class FakeSide implements Side {
  readonly startsAt: EpochMs;
  at: EpochMs;
  missingFrom = Number.POSITIVE_INFINITY;
  isPlaying = false;
  speed = 1;

  constructor(startsAt: number) {
    this.startsAt = epochMs(startsAt);
    this.at = this.startsAt;
  }

  shownAt = (): EpochMs => this.at;
  pass(ms: number): void {
    if (this.isPlaying) this.at = epochMs(Math.min(this.at + ms * this.speed, this.missingFrom));
  }
  get elapsedMs(): number {
    return this.at - this.startsAt;
  }
  readonly playback = ((side: FakeSide): Playback => ({
    knowledge: 'now',
    canChangeKnowledge: false,
    setKnowledge: () => undefined,
    get isPlaying() {
      return side.isPlaying;
    },
    get speed() {
      return side.speed;
    },
    play: () => void (side.isPlaying = true),
    pause: () => void (side.isPlaying = false),
    setSpeed: (speed) => void (side.speed = Math.min(600, speed)),
    seek: (at) => void (side.at = at),
    stepToEvent: () => undefined,
    stepTo: (at) => void (side.at = epochMs(Math.min(at, side.missingFrom))),
  }))(this);
}

const WEEK_MS = 7 * 86_400_000;
const LENGTH_MS = 3_600_000;
let before: FakeSide;
let own: FakeSide;
let both: JoinedPlayback;
const pass = (ms: number): void => {
  for (let passed = 0; passed < ms; passed += 50) {
    before.pass(50);
    own.pass(50);
    both.align();
  }
};
beforeEach(() => {
  before = new FakeSide(0);
  own = new FakeSide(WEEK_MS);
  both = new JoinedPlayback([before, own], LENGTH_MS);
});

it('both sides play, seek and pause at the same time since they began', () => {
  both.setSpeed(60);
  both.play();
  pass(1_000);
  expect([before.elapsedMs, own.elapsedMs]).toEqual([60_000, 60_000]);
  both.seek(1_800_000);
  expect([before.elapsedMs, own.elapsedMs]).toEqual([1_800_000, 1_800_000]);
  both.pause();
  pass(1_000);
  expect(both.elapsedMs).toBe(1_800_000);
});

it('a side whose bytes come late is waited for, and both go on from the same moment', () => {
  own.missingFrom = WEEK_MS + 2_000;
  both.play();
  pass(10_000);
  expect(own.elapsedMs).toBe(2_000);
  expect(before.elapsedMs - own.elapsedMs).toBeLessThanOrEqual(100);
  own.missingFrom = Number.POSITIVE_INFINITY;
  pass(5_000);
  expect(before.elapsedMs).toBe(own.elapsedMs);
  expect(both.elapsedMs).toBeGreaterThan(6_000);
});

it('both stand at the end of the stretch, and begin anew when somebody plays', () => {
  both.seek(LENGTH_MS - 1_000);
  both.play();
  pass(3_000);
  expect(both.isPlaying).toBe(false);
  expect([before.isPlaying, own.isPlaying]).toEqual([false, false]);
  both.play();
  expect(both.elapsedMs).toBe(0);
});

it('nobody gets out of the stretch by seeking', () => {
  both.seek(-5_000);
  expect(before.elapsedMs).toBe(0);
  both.seek(2 * LENGTH_MS);
  expect(own.elapsedMs).toBe(LENGTH_MS);
});

it('the speed is what the replays can', () => {
  both.setSpeed(10_000);
  expect(both.speed).toBe(600);
});
