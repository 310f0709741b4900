import { describe, expect, it } from 'vitest';
import { FailureContainer } from './contain-failure.ts';
import type { MapFailure } from './map-handle.ts';

const MINUTE_MS = 60_000;

function contain() {
  const reported: MapFailure[] = [];
  const time = { now: 1_000 };
  const container = new FailureContainer(
    (failure) => reported.push(failure),
    () => time.now,
  );
  let tries = 0;
  const fail = (): void => {
    tries += 1;
    throw new Error('no shader');
  };
  /** Draws so many pictures and answers how often the part was tried. */
  const draw = (pictures: number, act: () => void = fail): number => {
    const before = tries;
    for (let picture = 0; picture < pictures; picture++) container.run('incidents', act);
    return tries - before;
  };
  return { container, reported, time, draw };
}

describe('a failing part', () => {
  it('is reported once, given up after three times, and does not touch the others', () => {
    const { container, reported, draw } = contain();
    let others = 0;
    expect(draw(10)).toBe(3);
    for (let picture = 0; picture < 10; picture++)
      container.run('responders', () => {
        others += 1;
      });
    expect(reported).toEqual([{ part: 'incidents', message: 'no shader' }]);
    expect(others).toBe(10);
    expect(container.hasGivenUp('incidents')).toBe(true);
    expect(container.givenUp()).toEqual(['incidents']);
    container.forgive();
    expect(container.hasGivenUp('incidents')).toBe(false);
    expect(container.givenUp()).toEqual([]);
  });

  it('is not given up for faults of its whole life: those before a minute without one are forgotten', () => {
    const { container, reported, time, draw } = contain();
    for (let day = 0; day < 10; day++) {
      expect(draw(2)).toBe(2);
      time.now += MINUTE_MS;
      expect(container.givenUp()).toEqual([]);
    }
    expect(reported).toHaveLength(10);
  });

  it('is tried again five minutes after it was given up, and given up again if it still fails', () => {
    const { container, time, draw } = contain();
    draw(3);
    time.now += 5 * MINUTE_MS - 1;
    expect(draw(10)).toBe(0);
    time.now += 1;
    expect(container.givenUp()).toEqual([]);
    expect(draw(10)).toBe(3);
    expect(container.givenUp()).toEqual(['incidents']);
    time.now += 5 * MINUTE_MS;
    expect(draw(10, () => undefined)).toBe(0);
    expect(container.givenUp()).toEqual([]);
  });

  it('answers what it made, and nothing where it failed or was not tried', () => {
    const { container, draw } = contain();
    const drawn = (): boolean | undefined => container.run('incidents', () => true);
    expect(drawn()).toBe(true);
    draw(3);
    expect(drawn()).toBeUndefined();
    const failed = container.run('posts', (): boolean => {
      throw new Error('no shader');
    });
    expect(failed).toBeUndefined();
  });
});
