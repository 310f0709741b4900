import { epochMs } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as playback from './playback-clock.ts';

const START = epochMs(1_790_000_000_000);
const running = (): playback.PlaybackClock => playback.release(playback.newPlaybackClock(START, 0), 0);

type Change = (clock: playback.PlaybackClock, now: number) => playback.PlaybackClock;
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom<Change>(playback.play, playback.pause, playback.hold, playback.release),
  fc.oneof(fc.double({ min: -10, max: 5_000, noNaN: false }), fc.constantFrom(0.25, 1, 600)).map(
    (speed): Change =>
      (clock, now) =>
        playback.setSpeed(clock, speed, now),
  ),
);

describe('the playback clock', () => {
  it('[PBC1] [PBC2] never steps back, and no change but seek moves it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyChange, fc.nat(10_000)), { maxLength: 40 }), (changes) => {
        let clock = running();
        let now = 0;
        let shown = playback.shownAt(clock, now);
        for (const [change, wait] of changes) {
          now += wait;
          const before = playback.shownAt(clock, now);
          expect(before).toBeGreaterThanOrEqual(shown);
          clock = change(clock, now);
          shown = playback.shownAt(clock, now);
          expect(shown).toBe(before);
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('runs at its speed', () => {
    const clock = playback.setSpeed(running(), 60, 1_000);
    expect(playback.shownAt(clock, 3_000) - START).toBe(1_000 + 2_000 * 60);
  });

  it('brings a speed to the nearest of 0.25–600 and ignores what is no number', () => {
    const speedOf = (speed: number): number => playback.setSpeed(running(), speed, 0).speed;
    expect([0, 0.25, 7, 1e9, Number.NaN].map(speedOf)).toEqual([0.25, 0.25, 7, 600, 1]);
  });

  it('[PBC3] stands still while held and goes on as it was', () => {
    const held = playback.hold(playback.setSpeed(running(), 10, 0), 500);
    expect(playback.shownAt(held, 99_000)).toBe(START + 5_000);
    expect(held.isPlaying).toBe(true);
    expect(playback.shownAt(playback.release(held, 99_000), 99_100)).toBe(START + 6_000);
  });

  it('goes where it is sent', () => {
    const paused = playback.pause(running(), 100);
    const there = playback.seek(paused, epochMs(START - 3_600_000), 200);
    expect(playback.shownAt(there, 9_000)).toBe(START - 3_600_000);
  });

  it('does not run past where the bytes end', () => {
    const end = epochMs(START + 1_000);
    expect(playback.holdAt(running(), end, 999)).toEqual(running());
    expect(playback.shownAt(playback.holdAt(running(), end, 5_000), 90_000)).toBe(end);
  });
});
