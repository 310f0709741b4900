import { describe, expect, it } from 'vitest';
import { FailureContainer } from './contain-failure.ts';
import type { MapFailure } from './map-handle.ts';

describe('a failing part', () => {
  it('is reported once, given up after three times, and does not touch the others', () => {
    const reported: MapFailure[] = [];
    const container = new FailureContainer((failure) => reported.push(failure));
    let drawn = 0;
    for (let picture = 0; picture < 10; picture++) {
      container.run('incidents', () => {
        drawn += 1;
        throw new Error('no shader');
      });
      container.run('responders', () => {
        drawn += 100;
      });
    }
    expect(reported).toEqual([{ part: 'incidents', message: 'no shader' }]);
    expect(drawn).toBe(1_003);
    expect(container.hasGivenUp('incidents')).toBe(true);
    container.forgive();
    expect(container.hasGivenUp('incidents')).toBe(false);
  });
});
