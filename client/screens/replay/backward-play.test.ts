import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { ManualTimer } from '../../feed/manual-timer.ts';
import { BackwardPlay } from './backward-play.ts';

it('goes back second by second, twice as fast each time, waits for what is fetched, and stands where it is stopped', async () => {
  const timer = new ManualTimer();
  let at = epochMs(100_000);
  let isThere = true;
  let isPlaying = true;
  const back = new BackwardPlay(
    {
      pause: () => (isPlaying = false),
      seek: (to) => (at = to),
      shownAt: () => at,
      isThere: () => isThere,
    },
    timer,
    () => undefined,
  );
  expect([back.isGoing, back.speed]).toEqual([false, 0]);
  back.faster();
  expect([back.isGoing, back.speed, isPlaying]).toEqual([true, 1, false]);
  await timer.pass(2_000);
  expect(at).toBe(98_000);
  back.faster();
  back.faster();
  await timer.pass(2_000);
  expect([at, back.speed]).toEqual([90_000, 4]);
  isThere = false;
  await timer.pass(2_000);
  expect(at).toBe(90_000);
  isThere = true;
  for (let press = 0; press < 10; press += 1) back.faster();
  expect(back.speed).toBe(64);
  back.stop();
  await timer.pass(2_000);
  expect([at, back.isGoing]).toEqual([90_000, false]);
});
