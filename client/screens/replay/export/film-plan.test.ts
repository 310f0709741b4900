import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { frameCount, frameStart, momentOf, secondsLeft, usualSpeed, type FilmPlan } from './film-plan.ts';

const FROM = 1_795_276_800_000;
const plan = (seconds: number, speed: number, framesPerSecond: number): FilmPlan => ({
  passage: { from: epochMs(FROM), to: epochMs(FROM + seconds * 1_000) },
  speed,
  framesPerSecond,
  width: 1_280,
  height: 720,
});

describe('the frames of a film', () => {
  it('are as many as its length needs, also where the speed does not divide the passage', () => {
    expect(frameCount(plan(60, 1, 25))).toBe(1_500);
    expect(frameCount(plan(3_600, 60, 30))).toBe(1_800);
    expect(frameCount(plan(86_400, 600, 30))).toBe(4_320);
    expect(frameCount(plan(100, 600, 25))).toBe(5);
    expect(frameCount(plan(2, 600, 25))).toBe(1);
    expect(frameCount(plan(10, 0.25, 25))).toBe(1_000);
  });

  it('show evenly spaced moments from the beginning of the passage on, each within it', () => {
    for (const shown of [plan(60, 1, 30), plan(10, 0.25, 30), plan(3_600, 60, 25), plan(86_400, 600, 30)]) {
      const frames = Array.from({ length: frameCount(shown) }, (_, frame) => frame);
      const step = (shown.speed * 1_000) / shown.framesPerSecond;
      for (const frame of frames) {
        expect(Math.abs(momentOf(shown, frame) - FROM - frame * step)).toBeLessThanOrEqual(0.5);
        expect(frameStart(shown, frame) * shown.framesPerSecond).toBeCloseTo(frame, 9);
      }
      expect(momentOf(shown, frames.length - 1)).toBeLessThan(shown.passage.to);
      expect(momentOf(shown, frames.length)).toBeGreaterThanOrEqual(shown.passage.to);
    }
  });

  it('are over in a minute at the speed that is chosen first, if any is fast enough', () => {
    expect(usualSpeed(plan(45, 1, 25).passage)).toBe(1);
    expect(usualSpeed(plan(5, 1, 25).passage)).toBe(1);
    expect(usualSpeed(plan(3_600, 1, 25).passage)).toBe(60);
    expect(usualSpeed(plan(86_400, 1, 25).passage)).toBe(600);
  });

  it('let the rest be foreseen from those that are done', () => {
    expect(secondsLeft(0, 100, 5_000)).toBeUndefined();
    expect(secondsLeft(25, 100, 5_000)).toBe(15);
  });
});
