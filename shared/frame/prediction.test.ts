import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotTrack } from './prediction.ts';

/** A track that has taken these fixes: [lng, lat, seconds]. */
function track(...fixes: readonly (readonly [number, number, number])[]): SlotTrack {
  const made = new SlotTrack();
  for (const fix of fixes) made.take(...fix);
  return made;
}

function expected(of: SlotTrack, atSeconds: number): readonly [number, number] {
  of.predict(atSeconds);
  return [of.predictedLngE5, of.predictedLatE5];
}

describe('the place where a fix is expected', () => {
  it('is 0/0 before the first fix, and where the first fix was before the second', () => {
    expect(expected(new SlotTrack(), 5)).toEqual([0, 0]);
    expect(expected(track([100, 200, 5]), 10)).toEqual([100, 200]);
    const cleared = track([100, 200, 5], [110, 200, 10]);
    cleared.clear();
    expect(expected(cleared, 15)).toEqual([0, 0]);
  });

  it('lies ahead at the same velocity when somebody drives, and a little less far when somebody walks', () => {
    expect(expected(track([0, 0, 0], [40, -20, 5]), 10)).toEqual([80, -40]);
    expect(expected(track([0, 0, 0], [40, -20, 5]), 20)).toEqual([160, -80]);
    expect(expected(track([0, 0, 0], [10, 0, 5]), 10)).toEqual([19, 0]);
  });

  it('is the last place after a step within the noise, which is wider between fixes far apart', () => {
    expect(expected(track([0, 0, 0], [3, -3, 5]), 10)).toEqual([3, -3]);
    expect(expected(track([0, 0, 0], [23, 0, 60]), 120)).toEqual([23, 0]);
    expect(expected(track([0, 0, 0], [240, 0, 60]), 120)).toEqual([480, 0]);
  });

  it('is the last place when a device falls silent: after three minutes, or three times the last interval', () => {
    expect(expected(track([0, 0, 0], [400, 0, 181]), 200)).toEqual([400, 0]);
    expect(expected(track([0, 0, 0], [400, 0, 100]), 281)).toEqual([400, 0]);
    expect(expected(track([0, 0, 0], [40, 0, 5]), 21)).toEqual([40, 0]);
    expect(expected(track([0, 0, 0], [40, 0, 5]), 20)).toEqual([160, 0]);
  });

  it('is whole and fits 32 bits, wherever on earth the fixes are', () => {
    const lngE5 = fc.integer({ min: -18_000_000, max: 18_000_000 });
    const latE5 = fc.integer({ min: -9_000_000, max: 9_000_000 });
    const step = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(lngE5, latE5, lngE5, latE5, step, step, (x0, y0, x1, y1, first, second) => {
        for (const value of expected(track([x0, y0, 0], [x1, y1, first]), first + second))
          expect(value | 0).toBe(value === 0 ? 0 : value);
      }),
      { seed: 20_261_123, numRuns: 5_000 },
    );
  });
});
